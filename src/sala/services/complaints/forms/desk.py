"""Words kept ready for answers, as a supervisor writes them."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TemplateForm(forms.Form):
    """A name to find it by, and the words."""

    name = forms.CharField(label=_("Name to find it by"), max_length=80)
    text = forms.CharField(
        label=_("Words"),
        help_text=_("Officers insert them and change them before sending."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
