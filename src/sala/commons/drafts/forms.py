"""What is typed from a slip of paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.core.references import parse_reference


class ClaimForm(forms.Form):
    """The number and the code on the slip of somebody who told it in person."""

    reference = forms.CharField(
        label=_("Number on your slip"),
        max_length=40,
        error_messages={"required": _("Type the number on your slip.")},
    )
    code = forms.CharField(
        label=_("Code on your slip"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code on your slip.")},
    )

    def clean_reference(self) -> str:
        """As it is written properly."""
        try:
            return str(parse_reference(self.cleaned_data["reference"]))
        except ValueError:
            raise forms.ValidationError(_("A character of this number is wrong. Check each one.")) from None
