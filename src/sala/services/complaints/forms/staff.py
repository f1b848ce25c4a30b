"""The forms of an officer's page, one for each act; `values` gives what the action takes."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.services.complaints import queries, words
from sala.services.complaints.models import Complaint
from sala.services.complaints.permissions import INTAKE
from sala.services.complaints.rules import SHORTEST_ANSWER, PauseReason, RejectionReason

REASON = _("Everyone who may see the complaint reads this.")


class ActForm(forms.Form):
    """A form of one act on one complaint; knows the complaint, so that choices fit it."""

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{type(self).__name__.lower()}_%s"
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


class KeepForm(ActForm):
    """A moderator leaves the words as they read them: which words those were."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seen": queries.version_of(self.complaint)}


def agency_choices(but: str = "") -> list[tuple[str, str]]:
    """Every office by name, without the one given."""
    language = get_language() or "th"
    known = agencies.agencies_by_code().values()
    return [("", str(_("Choose an office"))), *((a.code, a.name(language)) for a in known if a.code != but)]


def topic_choices() -> list[tuple[str, str]]:
    """Every type of complaint by name."""
    return queries.topic_names(get_language() or "th")


def _text(label: Any, hint: Any = "", rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=4000, widget=widget, **more)


class RouteForm(ActForm):
    """What it is about and who answers."""

    topic = forms.ChoiceField(label=_("What it is about"))
    agency = forms.ChoiceField(label=_("Who answers"))
    reason = _text(
        _("Reason"), _("Needed where the office has no mandate on record."), rows=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("topic", topic_choices())
        self.choose("agency", agency_choices())
        self.initial = {"topic": self.complaint.matter.topic, "agency": self.complaint.matter.agency}


class AgencyForm(ActForm):
    """Another office, and why."""

    agency = forms.ChoiceField(label=_("Office"))
    reason = _text(_("Reason"), REASON, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("agency", agency_choices(but=self.complaint.matter.agency))


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
    agency = forms.ChoiceField(label=_("Who answers"))
    reason = _text(_("Reason"), REASON, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("topic", topic_choices())
        self.choose("agency", agency_choices())


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


class ResolveForm(ActForm):
    """What was done, with the evidence; the files are read by the door."""

    text = _text(_("What was done"), _("The person is asked whether it is really solved."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})
        label = _("Pictures or documents as evidence")
        self.fields["files"] = forms.FileField(label=label, required=False, widget=widget)

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

    public_text = _text(
        _("What everyone reads"), _("Cover what names or betrays a person. The original is kept."), rows=6
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = queries.version_of(self.complaint)
        self.initial = {"public_text": self.complaint.public_text, "seen": version}

    def refresh(self, complaint: Complaint) -> None:
        """The next press means the words that are shown now."""
        super().refresh(complaint)
        self.data = {**self.data, "seen": queries.version_of(complaint)}
