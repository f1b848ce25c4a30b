"""What staff can do to one legal question: each act is one row, with its words, key, form, action and condition."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sala.core.actors import Actor
from sala.platform.requests import Request as Visit
from sala.platform.worklist import Act, Needed, by_code
from sala.services.lawmaking import actions, permissions
from sala.services.lawmaking.forms import question_acts as forms
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.rules.questions import OPEN, Move, moves_from


def _may(what: Move) -> Needed:
    """Staff of the office that answers, where the table of moves allows this one."""
    return lambda question, actor: (
        permissions.may_work(actor, question) and what in moves_from(question.state)
    )


def _works(question: LegalQuestion, actor: Actor) -> bool:
    return permissions.may_work(actor, question)


def _works_on_open(question: LegalQuestion, actor: Actor) -> bool:
    return permissions.may_work(actor, question) and question.state in OPEN


def _by_oneself(visit: Visit, question: LegalQuestion, values: dict[str, Any]) -> dict[str, Any]:
    """Whoever takes it themselves is the officer, whatever else was chosen."""
    takes = values.pop("take")
    return {**values, "officer_id": visit.actor.person_id} if takes else values


ACTS = (
    Act(
        code="answer",
        label=_("Answer with the section"),
        done=_("The asker has the answer, and the next person finds it."),
        key="g",
        form=forms.AnswerForm,
        do=actions.answer_question,
        needs=_may(Move.ANSWER),
    ),
    Act(
        code="ask",
        label=_("Ask back"),
        done=_("The asker reads what you ask."),
        key="f",
        form=forms.AskForm,
        do=actions.ask_person,
        needs=_may(Move.ASK),
        takes_ready_words=True,
    ),
    Act(
        code="pass",
        label=_("Pass on to the right office"),
        done=_("The other office has it. The expected day stays."),
        key="t",
        form=forms.PassForm,
        do=actions.pass_question_on,
        needs=_may(Move.PASS),
    ),
    Act(
        code="decline",
        label=_("Say why you do not answer"),
        done=_("The asker reads why, and what they can do instead."),
        key="x",
        form=forms.DeclineForm,
        do=actions.decline_question,
        needs=_may(Move.DECLINE),
    ),
    Act(
        code="revise",
        label=_("Answer anew"),
        done=_("The new answer stands first, the former one below it."),
        form=forms.AnswerForm,
        do=actions.revise_answer,
        needs=_may(Move.REVISE),
    ),
    Act(
        code="assign",
        label=_("Give to a desk"),
        done=_("It lies there now."),
        key="a",
        form=forms.AssignForm,
        do=actions.assign_question,
        needs=_works_on_open,
        values=_by_oneself,
    ),
    Act(
        code="note",
        label=_("Note for colleagues"),
        done=_("Your colleagues read the note."),
        key="n",
        form=forms.NoteForm,
        do=actions.add_note,
        needs=_works,
    ),
)
BY_CODE = by_code(ACTS)
