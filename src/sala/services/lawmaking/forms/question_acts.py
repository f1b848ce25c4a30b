"""The forms of an officer's page of a legal question, one for each act; and what staff write down for somebody."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.core.actors import Channel
from sala.design.fields import DayField, NamedField
from sala.services.lawmaking.actions import Answering
from sala.services.lawmaking.forms.question_asking import ContactForm, ShownNameField, openness_field
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.rules.questions import Citation, Reason
from sala.services.lawmaking.words.question_names import CHANNELS, REASONS, REFUSALS

TAKEN_IN = (Channel.PHONE, Channel.COUNTER, Channel.PAPER)
# Rows of law and section on one form; the page works without scripts, so it cannot add more.
ROWS = 3


class ActForm(forms.Form):
    """A form of one act on one question; knows the question, so that choices fit it."""

    def __init__(self, *args: Any, question: LegalQuestion, act: str = "act", **kwargs: Any) -> None:
        # Several forms stand on one page: the act's own name keeps their ids apart.
        kwargs["auto_id"] = f"{act}_%s"
        super().__init__(*args, **kwargs)
        self.question = question

    def values(self) -> dict[str, Any]:
        """What the action takes besides actor, now and reference."""
        return dict(self.cleaned_data)


def _office(label: Any) -> NamedField:
    return NamedField(
        read=agencies.read_agency,
        suggest=agencies.suggest_agencies,
        suggest_from=reverse_lazy("agencies:suggest"),
        unknown=_("We know no such office."),
        label=label,
    )


def _text(label: Any, hint: Any = "", rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=8000, widget=widget, **more)


class AskForm(ActForm):
    """A question to the person, since the answer depends on it."""

    text = _text(
        _("What does the answer depend on?"),
        _("Ask only what changes the answer. Your days wait until the asker writes."),
    )


class NoteForm(ActForm):
    """Words for colleagues."""

    text = _text(_("Note for colleagues"), _("Only colleagues read this."))


class PassForm(ActForm):
    """The office whose law it is, and what the person is told."""

    agency = _office(_("Which office applies this law?"))
    reason = _text(_("What you tell the asker"), _("The expected day stays the same."), rows=3)


class AssignForm(ActForm):
    """To which desk, or to oneself."""

    desk_id = forms.TypedChoiceField(label=_("Desk"), coerce=int, empty_value=None, required=False)
    take = forms.BooleanField(label=_("I take it myself"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        desks = [(desk.pk, desk.name(language)) for desk in agencies.desks_of(self.question.matter.agency)]
        self.fields["desk_id"].choices = [("", _("No desk")), *desks]  # type: ignore[attr-defined]  # a choice


class AnswerForm(ActForm):
    """What the law means for the person, and the sections it follows from."""

    text = _text(
        _("Your answer"),
        _("The short answer first, in words that everybody understands. Then why."),
        rows=8,
        error_messages={"required": _("Write the answer. The short one first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            is_first = number == 1
            law, section = _("One more law"), _("Section of that law")
            if is_first:
                law, section = _("Law it relies on"), _("Section")
            for name, label, longest, missing in (
                ("law", law, 200, REFUSALS["law_missing"]),
                ("section", section, 80, REFUSALS["section_missing"]),
            ):
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=label, required=is_first, max_length=longest, error_messages={"required": missing}
                )

    def values(self) -> dict[str, Any]:
        """The answer with its sections; a row of which only one half is filled goes along and is refused by name."""
        told = self.cleaned_data
        rows = [(told.get(f"law_{n}") or "", told.get(f"section_{n}") or "") for n in range(1, ROWS + 1)]
        filled = tuple(Citation(law, section) for law, section in rows if law or section)
        return {"answering": Answering(told["text"], filled)}


class DeclineForm(ActForm):
    """Why the office does not answer."""

    reason = forms.ChoiceField(
        label=_("Why do you not answer?"),
        choices=[(reason.value, name) for reason, (name, _what) in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    earlier = forms.CharField(
        label=_("Number of the question that was answered before"), required=False, max_length=40
    )
    text = _text(_("What you tell the asker"), _("Everybody reads this if the question is public."))

    def values(self) -> dict[str, Any]:
        """The reason as the rules know it."""
        return {**super().values(), "reason": Reason(self.cleaned_data["reason"])}


class IntakeForm(ContactForm):
    """Everything on one page, for somebody who calls, comes to the counter or hands in a form."""

    channel = forms.ChoiceField(
        label=_("By which way did it come?"),
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
        label=_("What they would like to know"),
        help_text=_("In their own words."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    about_law = forms.CharField(
        label=_("Which law or paper is it about, if they know?"), required=False, max_length=200
    )
    agency = _office(_("The office"))
    openness = openness_field()
    shown_name = ShownNameField()
    field_order = (
        "channel",
        "received_on",
        "text",
        "about_law",
        "agency",
        "openness",
        "shown_name",
        "name",
        "phone",
        "email",
    )

    def __init__(self, *args: Any, agency: str = "", **kwargs: Any) -> None:
        office = agencies.find_agency(agency)
        given = {"agency": f"{office.name_th} [{office.code}]"} if office else {}
        super().__init__(*args, **{"initial": given, **kwargs})
