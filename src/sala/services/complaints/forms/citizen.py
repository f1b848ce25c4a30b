"""The questions a person is asked, one page each; sentences here, codes in the actions."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.core import clock
from sala.core.dates import parse_date
from sala.design.fields import PhoneField
from sala.services.complaints import queries, rules
from sala.services.complaints.words import PRIVACIES, TAKEN_BACK


class WhatForm(forms.Form):
    """What happened, in the person's own words."""

    text = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "Tell it in your own words. You need not know which office is responsible. "
            "Please leave out citizen numbers."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Tell us what happened. A few words are enough."),
            "max_length": _("That is longer than 4,000 characters. Please shorten it."),
        },
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("You can leave this open; we will propose the office by your words."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        names = [(t.code, t.name_en if language == "en" else t.name_th) for t in queries.complaint_types()]
        self.fields["topic"].choices = [("", _("I am not sure")), *names]  # type: ignore[attr-defined]  # it is a choice


class FirstForm(WhatForm):
    """What happened, asked first; who came by the confidential way need not find that choice again."""

    privacy = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_confidential(self) -> bool:
        """Whether the page says that it will be confidential."""
        return bool(self["privacy"].value() == rules.Privacy.CONFIDENTIAL.value)

    @property
    def confidential_words(self) -> tuple[Any, Any]:
        """What the choice is called, and what it means."""
        return PRIVACIES[rules.Privacy.CONFIDENTIAL], PRIVACY_HINTS[rules.Privacy.CONFIDENTIAL.value]

    def clean(self) -> dict[str, Any]:
        """A page left open may only make it more private: any other value is not taken over what was chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("privacy") != rules.Privacy.CONFIDENTIAL.value:
            cleaned.pop("privacy", None)
        return cleaned


class WhenForm(forms.Form):
    """When it happened, and what it looks like."""

    when = forms.CharField(
        label=_("When did it happen?"),
        help_text=_("For example: 19 Nov 2026, yesterday evening, or: every night"),
        required=False,
        max_length=120,
    )

    def clean(self) -> dict[str, Any]:
        """A date if the words are one; otherwise the words are kept as they are."""
        cleaned = super().clean() or {}
        try:
            cleaned["happened_on"] = parse_date(cleaned.get("when", "")).isoformat()
        except ValueError:
            cleaned["happened_on"] = ""
        if cleaned["happened_on"] > clock.now().astimezone(clock.BANGKOK).date().isoformat():
            self.add_error("when", _("That day has not come yet. Check the date."))
        return cleaned


class PrivacyForm(forms.Form):
    """Who may see it."""

    privacy = forms.ChoiceField(
        label=_("May others see this?"),
        choices=[(privacy.value, name) for privacy, name in PRIVACIES.items()],
        widget=forms.RadioSelect,
        initial="public",
        error_messages={"required": _("Choose who may see it.")},
    )


PRIVACY_HINTS = {
    "public": _("Telephone numbers, names and number plates are covered automatically."),
    "agency_only": _("It is counted, but nobody else can read it."),
    "confidential": _(
        "It goes straight to the body that investigates. Other offices cannot even see that it exists."
    ),
}
PrivacyForm.base_fields["privacy"].choice_hints = PRIVACY_HINTS  # type: ignore[attr-defined]  # read by the field part


class ContactForm(forms.Form):
    """How to reach the person; all of it may stay empty."""

    phone = PhoneField(
        help_text=_("With it you can also follow your complaint by its number and the last four digits."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We write at every step, never for anything else."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("An e-mail address looks like name@example.com.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only the office that deals with it sees your name."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class WordsForm(forms.Form):
    """A few words of the person: why it is not solved, or an answer to a question."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words, so that the office knows what is missing.")},
    )


class JoinForm(forms.Form):
    """Being affected too; an address only for those who want to be told."""

    email = forms.EmailField(
        label=_("Your e-mail, if you want to be told of the result"),
        help_text=_("You get a letter with a link to confirm it. The office does not see it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("An e-mail address looks like name@example.com.")},
    )


class TakeBackForm(forms.Form):
    """Why a file is taken back; everyone reads it."""

    reason = forms.ChoiceField(
        label=_("Why do you take it back?"),
        help_text=_("Everyone can read the reason, but nobody can see the file any more."),
        choices=[(reason.value, name) for reason, name in TAKEN_BACK.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )


class RatingForm(forms.Form):
    """How it was handled."""

    rating = forms.TypedChoiceField(
        label=_("How was your complaint handled?"),
        choices=[
            ("5", _("Very well")),
            ("4", _("Well")),
            ("3", _("So-so")),
            ("2", _("Badly")),
            ("1", _("Very badly")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should be better?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TrackForm(forms.Form):
    """Finding one's own complaint again without an account."""

    reference = forms.CharField(
        label=_("Number of the complaint"),
        help_text=_("It looks like C69-0001234-7 and stands on your slip or in your message."),
        max_length=40,
        error_messages={"required": _("Type the number of the complaint.")},
    )
    phone_tail = forms.CharField(
        label=_("Last four digits of the telephone number you gave"),
        help_text=_("Only needed to answer, confirm or reopen. Leave it empty to just look."),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
