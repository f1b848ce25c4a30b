"""The questions of whoever asks for information, one page each."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.design.fields import PhoneField
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.wishes import Form, Openness
from sala.services.information.words.names import FORMS, OPENNESS, WISHES
from sala.services.information.words.questions import QUESTIONS


def _area(name: str, *, rows: int, most: int, needed: bool = True) -> forms.CharField:
    label, hint = QUESTIONS[name]
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write what you would like to know. A sentence is enough.")},
    )


class WhatForm(forms.Form):
    """What the person would like to know, and whether it is about them."""

    text = _area("what", rows=6, most=4000)
    wish = forms.ChoiceField(
        label=QUESTIONS["wish"][0],
        help_text=QUESTIONS["wish"][1],
        choices=[(wish.value, name) for wish, name in WISHES.items()],
        widget=forms.RadioSelect,
        initial=Wish.INFORMATION.value,
    )
    # What another page knew already: the office, or whose request is asked again.
    agency = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    same_as = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


ANOTHER = "another"


class OfficeForm(forms.Form):
    """Which office has it: one of those proposed, or another by its name; a name that several bear is asked back."""

    agency = forms.ChoiceField(
        label=QUESTIONS["agency"][0],
        help_text=QUESTIONS["agency"][1],
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
        proposed = agencies.propose_offices(str(self.initial.get("text") or ""), language)
        self.meant = self._meant(language)
        chosen = agencies.find_agency(self.initial.get("agency"))
        if chosen and chosen.code not in dict(proposed):
            proposed = [(chosen.code, agencies.agency_label(chosen, language)), *proposed]
        proposed = list(dict([*self.meant, *proposed]).items())
        choices = [*proposed, (ANOTHER, _("Another office"))] if proposed else []
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not proposed:
            del self.fields["agency"]
            other = self.fields["other"]
            other.label = QUESTIONS["agency"][0]
            other.help_text = _("If it is the wrong one, they send it on. Write a part of its name.")
            other.required = True
            other.error_messages["required"] = _("Choose an office, or write its name.")

    @property
    def only_asks(self) -> bool:
        """Whether nothing is wrong and only one of the offices that may be meant is to be chosen."""
        return bool(self.meant) and set(self.errors) == {"agency"}

    def _meant(self, language: str) -> list[tuple[str, str]]:
        """The offices that the name typed may mean, where it is none's to the letter."""
        typed = str(self.data.get("other") or "").strip() if self.is_bound else ""
        is_known = not typed or agencies.read_agency(typed)
        return [] if is_known else agencies.list_meant(typed, language)

    def clean(self) -> dict[str, Any]:
        """The code of the office, in `agency`."""
        cleaned = super().clean() or {}
        typed, chosen = str(cleaned.get("other") or "").strip(), cleaned.get("agency") or ""
        if chosen in ("", ANOTHER):
            cleaned["agency"] = agencies.read_agency(typed)
            if typed and cleaned["agency"]:
                self.errors.pop("agency", None)
            elif typed:
                self._ask_back()
            elif chosen:
                self.add_error("other", _("Choose an office, or write its name."))
        return cleaned

    def _ask_back(self) -> None:
        """Offer what may be meant as choices, the likeliest chosen already: nobody types a name twice."""
        self.errors.pop("agency", None)
        if not self.meant:
            self.add_error("other", gettext("We know no such office. Try a part of its name."))
            return
        self.data = {name: self.data.get(name) for name in self.data} | {"agency": self.meant[0][0]}
        self.add_error(
            "agency", gettext("Which of these do you mean? If the one chosen here is right, just continue.")
        )


class WhereForm(forms.Form):
    """Where it may be found."""

    where_to_look = _area("where", rows=4, most=1000, needed=False)


class HowForm(forms.Form):
    """In which form it is wanted."""

    wanted_as = forms.ChoiceField(
        label=QUESTIONS["form"][0],
        help_text=QUESTIONS["form"][1],
        choices=[(form.value, name) for form, name in FORMS.items()],
        widget=forms.RadioSelect,
        initial=Form.FILE.value,
    )
    is_certified = forms.BooleanField(label=_("Copies certified as true, on paper"), required=False)

    def clean(self) -> dict[str, Any]:
        """Only paper can be certified."""
        cleaned = super().clean() or {}
        if cleaned.get("is_certified") and cleaned.get("wanted_as") != Form.PAPER.value:
            self.add_error("is_certified", _("Only copies on paper can be certified. Choose paper above."))
        return cleaned


class OpenForm(forms.Form):
    """Whether others may read it."""

    openness = forms.ChoiceField(
        label=QUESTIONS["open"][0],
        help_text=QUESTIONS["open"][1],
        choices=[(openness.value, name) for openness, name in OPENNESS.items()],
        widget=forms.RadioSelect,
        initial=Openness.PUBLIC.value,
    )


class ContactForm(forms.Form):
    """How to reach the person; all of it may stay empty."""

    phone = PhoneField(
        help_text=_("With it you can also open your request by its number and the last four digits."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We write at every step, and three days before a last day passes."),
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
    address = forms.CharField(
        label=_("Postal address"),
        help_text=_("Only for copies on paper."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )


class TrackForm(forms.Form):
    """Finding one's own request again without an account."""

    reference = forms.CharField(
        label=_("Number of the request"),
        help_text=_("It looks like RA69-0000012-8 and stands on your slip or in your letter."),
        max_length=40,
        error_messages={"required": _("Type the number of the request.")},
    )
    phone_tail = forms.CharField(
        label=_("Last four digits of the telephone number you gave"),
        help_text=_("Only needed to act on it. Leave it empty to just look."),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WordsForm(forms.Form):
    """Words that begin a way: an answer, what is missing, why one complains or appeals."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write a few words.")},
    )

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label
        if hint:
            self.fields["text"].help_text = hint


class ButtonForm(forms.Form):
    """A way that needs no words."""


class ThirdPartyForm(forms.Form):
    """What somebody it concerns says."""

    says = forms.ChoiceField(
        label=_("Do you object?"),
        choices=[("objects", _("Yes, I object")), ("agrees", _("No, it may be given"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    text = forms.CharField(
        label=_("Which part must not be given, and how would it harm you?"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """An objection has words."""
        cleaned = super().clean() or {}
        if cleaned.get("says") == "objects" and not str(cleaned.get("text") or "").strip():
            self.add_error(
                "text", _("Say which part, and how it would harm you. The office has to weigh it.")
            )
        return cleaned
