"""What staff write down for a person who calls, comes to the counter or hands in a form: one page, no steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.core.actors import Channel
from sala.services.information.forms.acts import DayField, OfficeField
from sala.services.information.forms.questions import ContactForm
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.wishes import Form, Openness
from sala.services.information.words.names import CHANNELS, FORMS_TOLD, OPENNESS_TOLD, WISHES_TOLD

TAKEN_IN = (Channel.PHONE, Channel.COUNTER, Channel.PAPER)


class IntakeForm(ContactForm):
    """Everything on one page; the person says it, staff write it."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(channel.value, CHANNELS[channel.value]) for channel in TAKEN_IN],
        widget=forms.RadioSelect,
        initial=Channel.PHONE.value,
    )
    received_on = DayField(
        label=_("Received on"),
        help_text=_("Only for a form on paper: the day stamped on it. The days run from then."),
        required=False,
    )
    text = forms.CharField(
        label=_("What the person would like to know"),
        help_text=_("In their own words. Nobody need say why they want it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    where_to_look = forms.CharField(
        label=_("Where it may be found"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wish = forms.ChoiceField(
        label=_("What it is about"),
        choices=[(wish.value, name) for wish, name in WISHES_TOLD.items()],
        widget=forms.RadioSelect,
        initial=Wish.INFORMATION.value,
    )
    agency = OfficeField(label=_("The office"))
    wanted_as = forms.ChoiceField(
        label=_("How it is wanted"),
        choices=[(form.value, name) for form, name in FORMS_TOLD.items()],
        widget=forms.RadioSelect,
        initial=Form.PAPER.value,
    )
    openness = forms.ChoiceField(
        label=_("May others read the request and the answer?"),
        choices=[(openness.value, name) for openness, name in OPENNESS_TOLD.items()],
        widget=forms.RadioSelect,
        initial=Openness.PUBLIC.value,
    )
    field_order = (
        "channel",
        "received_on",
        "text",
        "where_to_look",
        "wish",
        "agency",
        "wanted_as",
        "openness",
        "name",
        "phone",
        "email",
        "address",
    )

    def __init__(self, *args: Any, agency: str = "", **kwargs: Any) -> None:
        office = agencies.find_agency(agency)
        given = {"agency": f"{office.name_th} [{office.code}]"} if office else {}
        super().__init__(*args, **{"initial": given, **kwargs})
        self.fields["name"].label = _("The person's name")
        self.fields["phone"].help_text = _(
            "With it they can also open the request by its number and the last four digits."
        )
        self.fields["email"].help_text = _(
            "We write to them at every step, and three days before a last day passes."
        )
        self.fields["name"].help_text = _("Only the office that answers sees it.")

    def clean(self) -> dict[str, Any]:
        """What is about the person themselves is never public."""
        cleaned = super().clean() or {}
        if cleaned.get("wish") != Wish.INFORMATION.value:
            cleaned["openness"] = Openness.AGENCY_ONLY.value
        return cleaned
