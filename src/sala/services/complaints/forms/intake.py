"""The one fast page on which staff write down what a person tells them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.services.complaints.forms.citizen import (
    ContactForm,
    PrivacyForm,
    WhatForm,
    WhenForm,
    WhereForm,
)


class IntakeForm(WhatForm, WhereForm, WhenForm, PrivacyForm, ContactForm):
    """Everything on one page, in the order in which a caller tells it."""

    channel = forms.ChoiceField(
        label=_("How does the person tell it?"),
        choices=[
            ("phone", _("By telephone")),
            ("counter", _("At the counter")),
            ("paper", _("On a paper form")),
        ],
        initial="phone",
        widget=forms.RadioSelect,
    )

    field_order = (
        "channel", "text", "topic", "area_words", "place", "when", "phone", "name", "email", "privacy",
        "area", "latitude", "longitude",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].side_by_side = True  # type: ignore[attr-defined]  # read by the field part
        self.fields["text"].label = _("What does the person tell?")
        self.fields["text"].help_text = _("In their words. Read it back to them before you send it.")
        self.fields["privacy"].label = _("May others see it?")
