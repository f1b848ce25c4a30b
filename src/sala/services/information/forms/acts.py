"""The forms of an officer's page, one for each act; `values` gives what the action takes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.core import clock
from sala.design.fields import DayField, NamedField
from sala.services.information.actions import Decision
from sala.services.information.models import Request
from sala.services.information.queries import law
from sala.services.information.rules.grounds import Ground, Reasons, Wish
from sala.services.information.rules.proceedings import APPEALS, Kind, Ruling, Stage
from sala.services.information.rules.states import Move
from sala.services.information.rules.third_parties import Reply
from sala.services.information.rules.wishes import Form, TransferBasis
from sala.services.information.words.names import GROUNDS, KINDS, RULINGS, TRANSFER_BASES


class ActForm(forms.Form):
    """A form of one act on one request; knows the request, so that choices fit it."""

    def __init__(self, *args: Any, request: Request, act: str = "act", **kwargs: Any) -> None:
        # Several forms stand on one page: the act's own name keeps their ids apart.
        kwargs["auto_id"] = f"{act}_%s"
        super().__init__(*args, **kwargs)
        self.request = request

    def choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Set what a field offers."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def values(self) -> dict[str, Any]:
        """What the action takes besides actor, now and reference."""
        return dict(self.cleaned_data)


def OfficeField(**more: Any) -> NamedField:  # noqa: N802  # stands where a field's class stands
    """An office by its name."""
    return NamedField(
        read=agencies.read_agency,
        suggest=agencies.suggest_agencies,
        suggest_from=reverse_lazy("agencies:suggest"),
        unknown=_("We know no such office."),
        **more,
    )


def _text(label: Any, hint: Any = "", rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=8000, widget=widget, **more)


class EmptyForm(ActForm):
    """An act that needs no words."""


class WordsForm(ActForm):
    """Words to the person."""

    text = _text(_("Your words to whoever asked"), _("Everybody reads this if the request is public."))


class QuestionForm(ActForm):
    """A question that helps to say what is wanted."""

    text = _text(
        _("What do you need to know?"),
        _("Say what there is, so that the person can choose. Your days wait until they answer."),
    )


class NoteForm(ActForm):
    """Words for colleagues."""

    text = _text(_("Note for colleagues"), _("Neither the person nor anybody else reads this."))


class ReasonForm(ActForm):
    """Why."""

    reason = _text(_("Reason"), _("Everybody reads this if the request is public."), rows=3)


class AssignForm(ActForm):
    """To which desk, or to oneself."""

    desk_id = forms.TypedChoiceField(label=_("Desk"), coerce=int, empty_value=None, required=False)
    take = forms.BooleanField(label=_("I take it myself"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        desks = [(desk.pk, desk.name(language)) for desk in agencies.desks_of(self.request.matter.agency)]
        self.choose("desk_id", [("", _("No desk")), *desks])


class TransferForm(ActForm):
    """Another office that answers from now on, and why."""

    agency = OfficeField(label=_("Which office has it?"))
    basis = forms.ChoiceField(
        label=_("Why there?"),
        choices=[(basis.value, name) for basis, name in reversed(TRANSFER_BASES.items())],
        widget=forms.RadioSelect,
        initial=TransferBasis.WRONG_DESK.value,
    )
    reason = _text(_("What you tell the person"), _("The expected day stays the same."), rows=3)

    def values(self) -> dict[str, Any]:
        """The ground as the rules know it."""
        return {**super().values(), "basis": TransferBasis(self.cleaned_data["basis"])}


class ExtendForm(ActForm):
    """Longer, because the thing is fragile."""

    until = DayField(label=_("Until which day?"))
    reason = _text(_("What could break?"), _("The Act allows longer for nothing else (section 11)."), rows=3)


class ThirdPartyForm(ActForm):
    """Somebody the answer would touch: who, what concerns them, until when."""

    name = forms.CharField(label=_("Name"), help_text=_("Kept sealed. Nobody else sees it."), max_length=200)
    address = forms.CharField(label=_("Address for the letter"), max_length=300, required=False)
    about = _text(_("Which part concerns them?"), _("They read this. Never write who asked."), rows=3)
    received_on = DayField(label=_("The letter reaches them on"))
    object_until = DayField(
        label=_("They may object until"), help_text=_("15 days at least, counted from the day after.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Three days by post; whoever hands it over today changes the day.
        reaches = law.day_of(clock.now()) + timedelta(days=3)
        until = law.law_of(self.request.matter.agency).until("object", reaches)
        self.initial = {"received_on": _written(reaches), "object_until": _written(until)}


def _written(day: date) -> str:
    """A day as `DayField` reads it in the reader's era."""
    year = day.year if get_language() == "en" else day.year + 543
    return f"{day.day}/{day.month}/{year}"


class OverruleForm(ActForm):
    """Whose objection is not heard, and why."""

    third_id = forms.TypedChoiceField(label=_("Whose objection?"), coerce=int)
    text = _text(_("Why it is not heard"), _("Only they read this. Their days to appeal begin."), rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = enumerate(sorted(self.request.third_parties.all(), key=lambda row: row.pk), 1)
        open_ones = [
            (row.pk, gettext("Number %(n)d: %(about)s") % {"n": n, "about": row.about[:60]})
            for n, row in rows
            if row.reply == Reply.OBJECTS and row.overruled_on is None
        ]
        self.choose("third_id", open_ones)


class AnswerForm(ActForm):
    """What every answer has: words to the person."""

    how: Move
    text = _text(_("Your answer to the person"), rows=6)

    def values(self) -> dict[str, Any]:
        """The decision; files are added by the door."""
        return {"decision": Decision(how=self.how, **self.decided())}

    def decided(self) -> dict[str, Any]:
        """The parts of the decision that this form asks."""
        return {"text": self.cleaned_data["text"]}


def _title_field() -> forms.CharField:
    return _text(
        _("Titles of the files"),
        _("One line for each file, in their order: people find it by that."),
        rows=3,
        required=False,
    )


class GrantForm(AnswerForm):
    """All of it is given."""

    how = Move.GRANT
    titles = _title_field()
    is_in_text = forms.BooleanField(
        label=_("All that was asked for stands in the answer itself"), required=False
    )
    fee_baht = forms.DecimalField(
        label=_("Fee for copies, in baht"), required=False, min_value=0, max_digits=9, decimal_places=2
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request.wanted_as != Form.PAPER.value:
            del self.fields["fee_baht"]

    def decided(self) -> dict[str, Any]:
        """With the fee, and whether the text itself is what was asked."""
        fee: Decimal | None = self.cleaned_data.get("fee_baht")
        return {**super().decided(), "is_in_text": self.cleaned_data["is_in_text"], "fee_baht": fee}

    def title_lines(self) -> list[str]:
        """The titles as typed, one for each file."""
        return [line.strip() for line in self.cleaned_data["titles"].splitlines() if line.strip()]


class ReasonedForm(ActForm):
    """The sections relied on, each with its reason: three at most on one answer."""

    MOST = 3

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language, is_fix = get_language() or "th", self.request.wish == Wish.CORRECTION.value
        fitting = [ground for ground in Ground if (ground is Ground.S25_CORRECTION) == is_fix]
        choices = [(g.value, f"{law.section_of(g, language)}: {GROUNDS[g]}") for g in fitting]
        for number in range(1, (1 if is_fix else self.MOST) + 1):
            is_first = number == 1
            self.fields[f"ground_{number}"] = forms.ChoiceField(
                label=_("Section you rely on") if is_first else _("One more section"),
                choices=[("", _("Choose")), *choices],
                required=is_first,
                error_messages={"required": _("Choose the section. Without one nothing may be withheld.")},
            )
            self.fields[f"reason_{number}"] = _text(
                _("Why, and how you weighed it"),
                _(
                    "For section 15 the law asks to weigh the duty of the office, the public interest and the people "
                    "concerned. Say what is withheld."
                )
                if is_first
                else "",
                rows=3,
                required=is_first,
            )

    def reasons(self) -> Reasons:
        """The grounds chosen with their words."""
        chosen = [
            (self.cleaned_data[f"ground_{n}"], self.cleaned_data.get(f"reason_{n}") or "")
            for n in range(1, self.MOST + 1)
            if self.cleaned_data.get(f"ground_{n}")
        ]
        return Reasons(tuple(Ground(ground) for ground, _ in chosen), tuple(words for _, words in chosen))


class RefuseForm(ReasonedForm, AnswerForm):
    """Nothing of it is given."""

    how = Move.REFUSE

    def decided(self) -> dict[str, Any]:
        """With the reasons."""
        return {**super().decided(), "reasons": self.reasons()}


class PartForm(ReasonedForm, GrantForm):
    """A part is given, a part is not."""

    how = Move.GRANT_PARTLY

    def decided(self) -> dict[str, Any]:
        """With the reasons."""
        return {**super().decided(), "reasons": self.reasons()}


class NotHeldForm(AnswerForm):
    """There is no such thing."""

    how = Move.DENY_HOLDING
    searched = _text(_("Where you looked"), _("So that the person need not take your word for it."), rows=3)

    def decided(self) -> dict[str, Any]:
        """With where it was looked for."""
        return {**super().decided(), "searched": self.cleaned_data["searched"]}


class TakeBackForm(ActForm):
    """Which file is taken back, and why."""

    place = forms.ChoiceField(label=_("Which file?"))
    reason = _text(_("Reason"), _("Everybody reads this if the request is public."), rows=3)

    def __init__(self, *args: Any, documents: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [
            (f"{answer.number}-{document.order}", document.title)
            for answer in self.request.answers.all()
            for document in answer.documents.all()
        ]
        self.choose("place", documents or given)

    def values(self) -> dict[str, Any]:
        """The place of the file in its answer."""
        number, _dash, order = self.cleaned_data["place"].partition("-")
        return {"number": int(number), "order": int(order), "reason": self.cleaned_data["reason"]}


class AboveForm(ActForm):
    """An act of the Board's office on one complaint or appeal."""

    proceeding_id = forms.TypedChoiceField(label=_("Which one?"), coerce=int)
    stages: frozenset[Stage] = frozenset({Stage.AT_BOARD, Stage.BEFORE_TRIBUNAL})
    kinds: frozenset[Kind] = frozenset(Kind)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(self.request.proceedings.all(), key=lambda row: row.pk)
        fitting = [row for row in rows if row.stage in self.stages and row.kind in self.kinds]
        self.choose("proceeding_id", [(row.pk, KINDS[Kind(row.kind)]) for row in fitting])


class ForwardForm(AboveForm):
    """An appeal that goes on to the Tribunal."""

    stages = frozenset({Stage.AT_BOARD})
    kinds = APPEALS


class LongerForm(AboveForm):
    """Why it takes longer."""

    reason = _text(_("Reason"), _("Everybody reads it. Sixty days in all, and only once."), rows=3)


class RulingForm(AboveForm):
    """What was decided."""

    ruling = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[(ruling.value, words) for ruling, (words, _) in RULINGS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    text = _text(_("The ruling in short"), _("Everybody reads this if the request is public."))
    number = forms.CharField(label=_("Number of the ruling"), required=False, max_length=40)

    def values(self) -> dict[str, Any]:
        """The ruling as the rules know it."""
        return {**super().values(), "ruling": Ruling(self.cleaned_data["ruling"])}
