"""The forms of an officer's page, one for each act; `values` gives what the action takes."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.commons.moderation import words as moderation_words
from sala.commons.moderation.actions import Breach
from sala.services.complaints import queries, words
from sala.services.complaints.models import Complaint
from sala.services.complaints.permissions import INTAKE
from sala.services.complaints.rules import SEEN_IN_THE_WORLD, SHORTEST_ANSWER, PauseReason, RejectionReason

REASON = _("Everyone who may see the complaint reads this.")


class ActForm(forms.Form):
    """A form of one act on one complaint; knows the complaint, so that choices fit it."""

    def __init__(self, *args: Any, complaint: Complaint, act: str = "act", **kwargs: Any) -> None:
        # Several forms stand on one page, two acts may share a form: the act's own name keeps their ids apart.
        kwargs["auto_id"] = f"{act}_%s"
        super().__init__(*args, **kwargs)
        self.complaint = complaint

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set what a field offers."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def refresh(self, complaint: Complaint) -> None:
        """Learn how the complaint stands now; what was typed stays."""
        self.complaint = complaint

    def values(self) -> dict[str, Any]:
        """What the action takes besides actor, now and reference."""
        return dict(self.cleaned_data)


class EmptyForm(ActForm):
    """An act that needs no words."""


def _breach() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=moderation_words.WHY,
        help_text=moderation_words.WHY_HINT,
        choices=moderation_words.breach_choices,
    )


class SetAsideForm(ActForm):
    """Why a moderator sets a complaint aside."""

    breach = _breach()

    def values(self) -> dict[str, Any]:
        return {"breach": Breach(self.cleaned_data["breach"])}


class KeepForm(ActForm):
    """A moderator leaves the words as they read them: which words those were."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seen": queries.version_of(self.complaint), "breach": Breach.ADVERTISING.value}
        if self.complaint.matter.visibility == "quarantined":
            self.fields["breach"] = _breach()

    def values(self) -> dict[str, Any]:
        breach = self.cleaned_data.get("breach")
        return {"seen": self.cleaned_data["seen"], "breach": Breach(breach) if breach else None}


class AgencyField(forms.CharField):
    """An office by its name: a country has too many for a list, so the page asks the server as one types.

    Understands a code, a name that only one office bears, and what the suggestions write ("name [code]"). Without
    scripts the answer names the offices that could be meant.
    """

    def __init__(self, **more: Any) -> None:
        attributes = {"data-suggest-from": reverse_lazy("agencies:suggest"), "autocomplete": "off"}
        super().__init__(max_length=300, widget=forms.TextInput(attrs=attributes), **more)

    def clean(self, value: Any) -> str:
        """The office's code. Raises ValidationError with those that could be meant."""
        typed: str = super().clean(value)
        code = agencies.read_agency(typed)
        if typed and not code:
            raise forms.ValidationError(_choices_of(typed))
        return code


def _choices_of(typed: str) -> str:
    found = agencies.suggest_agencies(typed, language=get_language() or "th")
    if not found:
        return gettext("We know no such office.")
    return gettext("Which of these? Write it as it stands here: %s") % "; ".join(
        f"{label} [{code}]" for code, label in found
    )


def agency_words(code: str) -> str:
    """An office as its field writes it; "" if it is gone."""
    agency = agencies.find_agency(code)
    return f"{agencies.agency_label(agency, get_language() or 'th')} [{code}]" if agency else ""


def topic_choices() -> list[tuple[str, str]]:
    """Every type of complaint by name."""
    return queries.topic_names(get_language() or "th")


def _text(label: Any, hint: Any = "", rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=4000, widget=widget, **more)


class RouteForm(ActForm):
    """What it is about and who answers."""

    topic = forms.ChoiceField(label=_("What it is about"))
    agency = AgencyField(label=_("Who answers"))
    reason = _text(
        _("Reason"), _("Needed where the office has no mandate on record."), rows=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("topic", topic_choices())
        self.initial = {
            "topic": self.complaint.matter.topic,
            "agency": agency_words(self.complaint.matter.agency),
        }


class AgencyForm(ActForm):
    """Another office, and why."""

    agency = AgencyField(label=_("Office"))
    reason = _text(_("Reason"), REASON, rows=3)


class ForwardForm(AgencyForm):
    """Another office that will own it, and why; asks once more where nobody would read it."""

    anyway = forms.BooleanField(
        label=_("Send it there all the same"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """An office where nobody works here leaves a complaint lying until its date is over: that is asked about."""
        cleaned = super().clean() or {}
        agency = cleaned.get("agency")
        if agency and not cleaned.pop("anyway", False) and not agencies.is_staffed(agency):
            self.fields["anyway"].widget = forms.CheckboxInput()
            self.add_error("anyway", _("Nobody works for this office here yet, so nobody would read it."))
        return cleaned


class ReasonForm(ActForm):
    """Only why."""

    reason = _text(_("Reason"), REASON, rows=3)


class AssignForm(ActForm):
    """A desk, an officer, or both."""

    desk_id = forms.TypedChoiceField(label=_("Desk"), required=False, coerce=int, empty_value=None)
    officer_id = forms.TypedChoiceField(label=_("Officer"), required=False, coerce=int, empty_value=None)
    take = forms.BooleanField(label=_("I take it myself"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        desks = agencies.desks_of(self.complaint.matter.agency)
        self.choose("desk_id", [("", str(_("No desk"))), *((str(d.pk), d.name(language)) for d in desks)])
        self.choose("officer_id", [("", str(_("Nobody in particular"))), *self._colleagues()])
        self.initial = {"desk_id": self.complaint.desk_id, "officer_id": self.complaint.officer_id}

    def _colleagues(self) -> list[tuple[str, str]]:
        """Everybody who may be given a complaint here, by name; their number tells those of one name apart."""
        staff = {a.person_id: a for a in agencies.staff_of(self.complaint.matter.agency) if a.role in INTAKE}
        named = [(str(pk), f"{a.person.display_name or pk}") for pk, a in staff.items()]
        return sorted(named, key=lambda one: one[1])


class ReplyForm(ActForm):
    """Words to the person."""

    text = _text(_("Your words to the person"), _("The public reads them too if the complaint is public."))
    asks = forms.BooleanField(label=_("It is a question that needs an answer"), required=False)


class NoteForm(ActForm):
    """Words among colleagues."""

    text = _text(_("Internal note"), _("Only colleagues of the offices concerned read it."), rows=3)


class RulingForm(ActForm):
    """The decision on an appeal, with its grounds."""

    is_upheld = forms.TypedChoiceField(
        label=_("Is the person right?"),
        choices=[
            ("yes", _("Yes: the office takes it up again")),
            ("no", _("No: it stays as the office ended it")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    text = _text(_("The grounds"), _("The person and everyone reads them. Answer what the appeal says."))


class SplitForm(ActForm):
    """A part that goes its own way."""

    text = _text(_("What the part is about"), rows=3)
    topic = forms.ChoiceField(label=_("What it is about"))
    agency = AgencyField(label=_("Who answers"))
    reason = _text(_("Reason"), REASON, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("topic", topic_choices())


class PauseForm(ActForm):
    """Why the clock stands still."""

    reason = forms.ChoiceField(label=_("Reason"))
    words = _text(_("In words"), REASON, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("reason", [(code.value, str(name)) for code, name in words.PAUSES.items()])

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "reason": PauseReason(self.cleaned_data["reason"])}


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Shown as needed where it is; the action refuses, since it alone counts the files."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data


class ResolveForm(ActForm):
    """What was done, with the evidence; the files are read by the door."""

    text = _text(_("What was done"), _("The person is asked whether it is really solved."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})
        label = _("Pictures or documents as evidence")
        # "(optional)" over a field that is then asked for would cost the officer a second try.
        is_needed = self.complaint.matter.topic in SEEN_IN_THE_WORLD
        self.fields["files"] = EvidenceField(label=label, required=is_needed, widget=widget)

    def clean_text(self) -> str:
        """Thin words are said before any file is taken, so that none is taken twice."""
        if len(self.cleaned_data["text"].strip()) < SHORTEST_ANSWER:
            raise forms.ValidationError(words.refusal("answer_too_short"))
        return str(self.cleaned_data["text"])

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"]}


class RejectForm(ActForm):
    """Why it is not taken up, and what the person can do instead."""

    reason = forms.ChoiceField(label=_("Reason"))
    text = _text(_("In words"), _("Say what the person can do instead."), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("reason", [(code.value, str(name)) for code, name in words.REJECTIONS.items()])

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "reason": RejectionReason(self.cleaned_data["reason"])}


class MaskForm(ActForm):
    """What everyone reads of the complaint's words."""

    public_text = _text(moderation_words.WHAT_EVERYONE_READS, moderation_words.WHAT_TO_COVER, rows=6)
    breach = _breach()
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "breach": Breach(self.cleaned_data["breach"])}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = queries.version_of(self.complaint)
        self.initial = {
            "public_text": self.complaint.public_text,
            "seen": version,
            "breach": Breach.PERSONAL_DATA.value,
        }

    def refresh(self, complaint: Complaint) -> None:
        """The next press means the words that are shown now."""
        super().refresh(complaint)
        self.data = {**self.data, "seen": queries.version_of(complaint)}
