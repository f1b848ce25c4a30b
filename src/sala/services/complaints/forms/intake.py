"""The one fast page on which staff write down what a person tells them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.commons.places import queries as places
from sala.core.dates import parse_date
from sala.services.complaints.forms.citizen import (
    ContactForm,
    PrivacyForm,
    WhatForm,
    WhenForm,
)
from sala.services.complaints.forms.staff import SeveralFiles
from sala.services.complaints.forms.where import WhereForm

# What staff ask and read, where a citizen's page asks "you".
_SAID = (
    ("text", _("What does the person tell?"), _("In their words. Read it back to them before you send it.")),
    ("topic", _("What is it about?"), ""),
    ("area_words", _("Subdistrict, district or province"), ""),
    ("place", _("Where exactly?"), _("What helps to find it: a road, a lane, a temple")),
    ("when", _("When did it happen?"), ""),
    ("phone", _("Telephone of the person"), ""),
    ("name", _("Name of the person"), ""),
    ("email", _("E-mail of the person"), ""),
    ("privacy", _("May others see it?"), ""),
)
_PRIVACY = {
    "public": _("Yes, without the name"),
    "agency_only": _("Only the office concerned"),
    "confidential": _("Secret: to the body that investigates"),
}


class IntakeForm(WhatForm, WhereForm, WhenForm, PrivacyForm, ContactForm):
    """Everything on one page, in the order in which a caller tells it."""

    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[
            ("phone", _("By telephone")),
            ("counter", _("At the counter")),
            ("paper", _("On a paper form")),
        ],
        initial="phone",
        widget=forms.RadioSelect,
    )
    received_on = forms.CharField(
        label=_("The day your office received the paper"),
        help_text=_(
            "Only for what came on paper before today, like 19 Nov 2026. The date runs from that day."
        ),
        required=False,
        max_length=60,
    )

    field_order = (
        "channel", "received_on", "text", "topic", "files", "area_words", "place", "when", "phone", "name", "email",
        "privacy", "area", "latitude", "longitude", "shown", "drop_point",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].side_by_side = True  # type: ignore[attr-defined]  # read by the field part
        self.fields["files"] = forms.FileField(
            label=_("Photos, or the paper form as a picture"),
            required=False,
            widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        )
        for name, label, hint in _SAID:
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["text"].widget.attrs |= {"rows": 6, "autofocus": True}
        privacy = self.fields["privacy"]
        privacy.side_by_side = True  # type: ignore[attr-defined]  # read by the field part
        privacy.choices = [(code, _PRIVACY[code]) for code, _words in privacy.choices]  # type: ignore[attr-defined]  # a choice field
        privacy.choice_hints = {}  # type: ignore[attr-defined]  # staff know; the caller hears it in a word
        for name in ("phone", "email", "name"):  # the caller's, not those of whoever types
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.order_fields(self.field_order)

    def clean_received_on(self) -> str:
        """The day as ISO text, "" for today: whether it can be is for the action to say."""
        typed = self.cleaned_data["received_on"].strip()
        try:
            return parse_date(typed).isoformat() if typed else ""
        except ValueError as wrong:
            raise forms.ValidationError(_("Write the day like 19 Nov 2026.")) from wrong

    def told(self) -> list[tuple[str, str]]:
        """What was understood, as (label, words), to be read back; what was left empty is not named."""
        rows = []
        for name in (
            "channel",
            "received_on",
            "text",
            "topic",
            "place",
            "when",
            "phone",
            "name",
            "email",
            "privacy",
        ):
            field, value = self.fields[name], self.cleaned_data.get(name)
            choices = dict(getattr(field, "choices", ()))
            if value:
                rows.append((str(field.label), str(choices.get(value, value))))
        if path := places.area_path(self.cleaned_data.get("area")):
            rows.insert(-1, (str(self.fields["area_words"].label), path.label(get_language() or "th")))
        return rows
