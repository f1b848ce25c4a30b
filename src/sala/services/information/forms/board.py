"""The form of what reached the Board on paper."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.core import references
from sala.services.information.actions import Outside
from sala.services.information.forms.acts import DayField
from sala.services.information.rules.ways import WayKind
from sala.services.information.words.ways import WAYS

# Ways that lead to the Board, in the order of the law's own steps.
TO_THE_BOARD = (
    WayKind.COMPLAIN_SLOW,
    WayKind.COMPLAIN_NOT_GIVEN,
    WayKind.COMPLAIN_NOT_HELD,
    WayKind.APPEAL_REFUSAL,
    WayKind.APPEAL_CORRECTION,
    WayKind.COMPLAIN_NOT_OBEYED,
)


class OutsideForm(forms.Form):
    """About which request, what it is, its words, the Board's own number, and the day it came."""

    reference = forms.CharField(
        label=_("Number of the request"),
        help_text=_("It stands on the answer: RA, year, number."),
        error_messages={"required": _("Write the number of the request.")},
        max_length=40,
    )
    against = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(way.value, WAYS[way].name) for way in TO_THE_BOARD],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    text = forms.CharField(
        label=_("What the person wrote"),
        help_text=_("Word for word. Names and numbers are covered for everybody else."),
        max_length=8000,
        error_messages={"required": _("Write down what the person wrote.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    number = forms.CharField(
        label=_("The Board's own number"),
        max_length=40,
        error_messages={"required": _("Write the Board's own number.")},
    )
    received_on = DayField(
        label=_("The day it came"),
        help_text=_("Its days run from the next. Empty means today."),
        required=False,
    )

    def clean_reference(self) -> str:
        """The number as we write it. Raises ValidationError for what is none."""
        try:
            return str(references.parse_reference(self.cleaned_data["reference"]))
        except ValueError:
            raise forms.ValidationError(_("This is no number of ours. Check each character.")) from None

    def outside(self) -> Outside:
        """What was typed, as the action takes it."""
        told: dict[str, Any] = self.cleaned_data
        received_on: date | None = told["received_on"] or None
        against = WayKind(told["against"])
        return Outside(against=against, text=told["text"], number=told["number"], received_on=received_on)
