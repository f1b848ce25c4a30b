"""The questions of whoever asks about a law, one page each; and the forms of their own page."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.design.fields import PhoneField
from sala.engines import thai
from sala.services.lawmaking.rules.questions import Openness
from sala.services.lawmaking.words.question_names import OPENNESS, REFUSALS

# What is chosen where none of the proposed offices is the one.
OTHER = "other"


class WhatForm(forms.Form):
    """What the person would like to understand, and the law if they know it."""

    text = forms.CharField(
        label=_("What would you like to know?"),
        help_text=_(
            "Tell what happened to you or what you plan, and what you are not sure about. You need not know any law."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what you would like to know. A sentence is enough.")},
    )
    about_law = forms.CharField(
        label=_("Which law or paper is it about, if you know?"),
        help_text=_("For example the name of the law, a letter you got, a sign you saw."),
        required=False,
        max_length=200,
    )
    # What another page knew already: the office.
    agency = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class OfficeForm(forms.Form):
    """Which office answers: one of those proposed, or another by its name."""

    agency = forms.ChoiceField(
        label=_("Which office do you ask?"),
        help_text=_(
            "The one that applies this law. If it is the wrong one, they pass it on; the day stays the same."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an office, or write its name.")},
    )
    other = forms.CharField(
        label=_("Another office, by its name"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        words = f"{self.initial.get('text') or ''} {self.initial.get('about_law') or ''}"
        proposed = agencies.propose_offices(words, language)
        chosen = agencies.find_agency(self.initial.get("agency"))
        if chosen and chosen.code not in dict(proposed):
            proposed = [(chosen.code, agencies.agency_label(chosen, language)), *proposed]
        if proposed:
            choices = [*proposed, (OTHER, _("Another office"))]
            self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # a choice field
        else:
            other, asked = self.fields["other"], self.fields["agency"]
            other.label, other.help_text, other.required = asked.label, asked.help_text, True
            other.error_messages["required"] = asked.error_messages["required"]
            del self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        """The code of the office, in `agency`."""
        cleaned = super().clean() or {}
        if self.errors or cleaned.get("agency", OTHER) != OTHER:
            return cleaned
        typed = str(cleaned.get("other") or "").strip()
        cleaned["agency"] = agencies.read_agency(typed)
        if not cleaned["agency"]:
            self.add_error("other", _which(typed) if typed else _("Choose an office, or write its name."))
        return cleaned


def _which(typed: str) -> str:
    found = agencies.suggest_agencies(typed, language=get_language() or "th")
    if not found:
        return gettext("We know no such office. Try a part of its name.")
    return gettext("Which of these? Write it as it stands here: %s") % "; ".join(
        f"{label} [{code}]" for code, label in found
    )


class ShownNameField(forms.CharField):
    """A name of one's choice that everybody reads; nobody's own."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("A name to show with it"),
            help_text=_("May stay empty. If you like one, choose a name that nobody knows you by."),
            required=False,
            max_length=60,
            **more,
        )

    def clean(self, value: Any) -> str:
        """The name. Raises ValidationError for what looks like somebody's own name, a number or an address."""
        typed = str(super().clean(value)).strip()
        if typed and str(thai.cover(typed)) != typed:
            raise forms.ValidationError(str(REFUSALS["name_is_somebodys"]))
        return typed


def openness_field() -> forms.ChoiceField:
    """The field that asks whether others may read it."""
    return forms.ChoiceField(
        label=_("May others read the question and the answer?"),
        help_text=_("Most people ask what others want to know too."),
        choices=[(openness.value, name) for openness, name in OPENNESS.items()],
        widget=forms.RadioSelect,
        initial=Openness.PUBLIC.value,
    )


class OpenForm(forms.Form):
    """Whether others may read it, and under which name."""

    openness = openness_field()
    shown_name = ShownNameField()


class ContactForm(forms.Form):
    """How to reach the person; all of it may stay empty."""

    phone = PhoneField(
        help_text=_("With it you can also open your question by its number and the last four digits."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We write at every step."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("An e-mail address looks like name@example.com.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only the office that answers sees your name."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class TrackForm(forms.Form):
    """Finding one's own question again without an account."""

    reference = forms.CharField(
        label=_("Number of the question"),
        help_text=_("It looks like LA69-0000012-7 and stands on your slip or in your letter."),
        max_length=40,
        error_messages={"required": _("Type the number of the question.")},
    )
    phone_tail = forms.CharField(
        label=_("Last four digits of the telephone number you gave"),
        help_text=_("Needed only to do something. Leave it empty to just look."),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WordsForm(forms.Form):
    """Words of the person: an answer to the office, or what is not clear."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words.")},
    )


class ButtonForm(forms.Form):
    """Something to do that needs no words."""
