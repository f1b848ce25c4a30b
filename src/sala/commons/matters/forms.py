"""Following a matter, and narrowing the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FREQUENCIES = [
    ("each", _("At each step (several together as one letter)")),
    ("daily", _("Once a day at most")),
    ("weekly", _("Once a week at most")),
]


class FollowForm(forms.Form):
    """How often, and to which address if one is not signed in."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We write only about this matter. Each letter has a link that ends it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address, or sign in."),
            "invalid": _("An e-mail address looks like name@example.com."),
        },
    )
    frequency = forms.ChoiceField(
        label=_("How often?"), choices=FREQUENCIES, initial="each", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, is_signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_signed_in:
            del self.fields["email"]
