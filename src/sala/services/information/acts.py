"""What staff can do to one request: each act is one row here, with its words, key, form, action and condition."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sala.commons.moderation.actions import may_moderate
from sala.commons.moderation.queries import is_set_aside
from sala.core import clock
from sala.core.actors import Actor
from sala.platform.requests import Request as Visit
from sala.platform.worklist import Act, Needed, by_code
from sala.services.information import actions, permissions
from sala.services.information.forms import acts as forms
from sala.services.information.forms import moderation as moderating
from sala.services.information.models import Request
from sala.services.information.queries import cases, law
from sala.services.information.rules import states
from sala.services.information.rules.proceedings import Kind, Stage
from sala.services.information.rules.states import Move
from sala.services.information.rules.third_parties import Reply, is_heard


def _may(what: Move) -> Needed:
    """Staff of the office that answers, where the table of moves allows this one."""
    return lambda request, actor: _works(request, actor) and what in states.moves_from(request.state)


def _may_sign(what: Move) -> Needed:
    """As `_may`, for whoever may sign what withholds something."""
    return lambda request, actor: (
        _may(what)(request, actor) and permissions.may_supervise(actor, request.matter.agency)
    )


def _works(request: Request, actor: Actor) -> bool:
    return permissions.may_work(actor, request) and not is_set_aside(request)


def _works_on_open(request: Request, actor: Actor) -> bool:
    return _works(request, actor) and request.state in states.OPEN


def _is_aside(request: Request, actor: Actor) -> bool:
    return is_set_aside(request) and may_moderate(actor, request)


def _may_set_aside(request: Request, actor: Actor) -> bool:
    return not is_set_aside(request) and may_moderate(actor, request)


def _may_mask(request: Request, actor: Actor) -> bool:
    return request.is_public and _may_set_aside(request, actor)


def _may_keep(request: Request, actor: Actor) -> bool:
    if request.checked_at is not None:
        return False
    is_covered = request.public_text != request.original
    return _is_aside(request, actor) or (is_covered and _may_mask(request, actor))


def _back_to_moderation(visit: Visit, request: Request) -> str:
    """A moderator has others to look at: what was set aside, or what was covered."""
    return reverse("information:set_aside" if is_set_aside(request) else "information:covered")


def _signs(request: Request, actor: Actor) -> bool:
    return _works(request, actor) and permissions.may_supervise(actor, request.matter.agency)


def _all_heard(request: Request, actor: Actor) -> bool:
    heard = all(is_heard(notice, law.day_of(clock.now())) for notice in cases.notices_of(request))
    return heard and _may(Move.HEARD)(request, actor)


def _has_objection(request: Request, actor: Actor) -> bool:
    objects = any(
        row.reply == Reply.OBJECTS and row.overruled_on is None for row in request.third_parties.all()
    )
    return objects and _signs(request, actor)


def _has_documents(request: Request, actor: Actor) -> bool:
    given = any(answer.documents.exists() for answer in request.answers.all())
    return given and _signs(request, actor)


def _is_at_board(*stages: Stage) -> Needed:
    """The Board's office, while a proceeding lies so."""

    def needed(request: Request, actor: Actor) -> bool:
        board = law.find_board(law.day_of(clock.now()))
        is_board = bool(board) and actor.holds_any(permissions.READERS, board)
        return (
            is_board
            and not is_set_aside(request)
            and any(_lies(row, stages) for row in request.proceedings.all())
        )

    return needed


def _lies(row: Any, stages: tuple[Stage, ...]) -> bool:
    """A complaint stays with the Board; an appeal can be decided only before the Tribunal."""
    if row.stage not in stages:
        return False
    return not (stages == (Stage.AT_BOARD,) and row.kind == Kind.COMPLAINT)


def _by_oneself(visit: Visit, request: Request, values: dict[str, Any]) -> dict[str, Any]:
    """Whoever takes it themselves is the officer, whatever else was chosen."""
    takes = values.pop("take")
    return {**values, "officer_id": visit.actor.person_id} if takes else values


ACTS = (
    Act(
        code="release",
        label=_("It is a real request"),
        done=_("It goes its way now."),
        form=forms.EmptyForm,
        do=actions.release_request,
        needs=_is_aside,
        after=_back_to_moderation,
    ),
    Act(
        code="accept",
        label=_("It is ours"),
        done=_("The person sees that you answer."),
        key="o",
        form=forms.EmptyForm,
        do=actions.accept_transfer,
        needs=_may(Move.ACCEPT),
    ),
    Act(
        code="grant",
        label=_("Give all of it"),
        done=_("The person has the answer."),
        key="g",
        form=forms.GrantForm,
        do=actions.answer_request,
        needs=_may(Move.GRANT),
        takes_files=True,
    ),
    Act(
        code="part",
        label=_("Give a part"),
        done=_("The person has the answer, and what they may do against the rest."),
        key="p",
        form=forms.PartForm,
        do=actions.answer_request,
        needs=_may_sign(Move.GRANT_PARTLY),
        takes_files=True,
    ),
    Act(
        code="refuse",
        label=_("Do not give it"),
        done=_("The person has the answer, and what they may do against it."),
        key="x",
        form=forms.RefuseForm,
        do=actions.answer_request,
        needs=_may_sign(Move.REFUSE),
    ),
    Act(
        code="not_held",
        label=_("We have no such thing"),
        done=_("The person has the answer, and what they may do."),
        key="h",
        form=forms.NotHeldForm,
        do=actions.answer_request,
        needs=_may(Move.DENY_HOLDING),
    ),
    Act(
        code="ask",
        label=_("Ask what exactly is wanted"),
        done=_("The person reads your question."),
        key="f",
        form=forms.QuestionForm,
        do=actions.ask_person,
        needs=_may(Move.ASK),
        takes_ready_words=True,
    ),
    Act(
        code="transfer",
        label=_("Send on to the office that has it"),
        done=_("The other office has it. The expected day stays."),
        key="t",
        form=forms.TransferForm,
        do=actions.transfer_request,
        needs=_may(Move.TRANSFER),
    ),
    Act(
        code="hand_back",
        label=_("It is not ours: send back"),
        done=_("The office that sent it has it again."),
        form=forms.ReasonForm,
        do=actions.hand_back_request,
        needs=_may(Move.HAND_BACK),
    ),
    Act(
        code="consult",
        label=_("Ask people it concerns (s. 17)"),
        done=_("They were asked. Their letter with their own link is below: send it today."),
        form=forms.ThirdPartyForm,
        do=actions.ask_third_party,
        needs=_may(Move.CONSULT),
    ),
    Act(
        code="heard",
        label=_("They have been heard"),
        done=_("You can decide now."),
        form=forms.EmptyForm,
        do=actions.end_hearing,
        needs=_all_heard,
    ),
    Act(
        code="overrule",
        label=_("Do not hear an objection"),
        done=_("They were told. Nothing is given before their days to appeal have passed."),
        form=forms.OverruleForm,
        do=actions.overrule_objection,
        needs=_has_objection,
    ),
    Act(
        code="reply",
        label=_("Write to whoever asked"),
        done=_("The person reads your letter."),
        key="r",
        form=forms.WordsForm,
        do=actions.reply_to_person,
        needs=_works,
        takes_ready_words=True,
    ),
    Act(
        code="assign",
        label=_("Give to a desk"),
        done=_("It lies there now."),
        key="a",
        form=forms.AssignForm,
        do=actions.assign_request,
        needs=_works_on_open,
        values=_by_oneself,
    ),
    Act(
        code="extend",
        label=_("Take longer: it is fragile"),
        done=_("The person reads the new day and why."),
        form=forms.ExtendForm,
        do=actions.extend_time,
        needs=_works_on_open,
    ),
    Act(
        code="reopen",
        label=_("Take it up again"),
        done=_("It is open again."),
        form=forms.ReasonForm,
        do=actions.reopen_request,
        needs=_may(Move.REOPEN),
    ),
    Act(
        code="take_back",
        label=_("Take a file back"),
        done=_("The file is gone; that it was stays to be read."),
        form=forms.TakeBackForm,
        do=actions.take_document_back,
        needs=_has_documents,
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
    Act(
        code="mask",
        label=_("Cover personal data"),
        done=_("Everyone reads your version now."),
        form=moderating.CoverForm,
        do=actions.cover_words,
        needs=_may_mask,
    ),
    Act(
        code="keep",
        label=_("Checked: leave it so"),
        done=_("Your check is recorded. It waits no longer."),
        form=moderating.KeepForm,
        do=actions.keep_words,
        needs=_may_keep,
        after=_back_to_moderation,
    ),
    Act(
        code="set_aside",
        label=_("Set aside as spam"),
        done=_("It is set aside."),
        form=moderating.SetAsideForm,
        do=actions.set_request_aside,
        needs=_may_set_aside,
    ),
    Act(
        code="forward",
        label=_("Pass the appeal on to the Tribunal"),
        done=_("The Tribunal has it."),
        form=forms.ForwardForm,
        do=actions.forward_appeal,
        needs=_is_at_board(Stage.AT_BOARD),
    ),
    Act(
        code="longer",
        label=_("Say why deciding takes longer"),
        done=_("Everybody reads the reason and the new day."),
        form=forms.LongerForm,
        do=actions.extend_proceeding,
        needs=_is_at_board(Stage.AT_BOARD, Stage.BEFORE_TRIBUNAL),
    ),
    Act(
        code="decide",
        label=_("Record what was decided"),
        done=_("Everybody reads what was decided."),
        form=forms.RulingForm,
        do=actions.decide_proceeding,
        needs=_is_at_board(Stage.AT_BOARD, Stage.BEFORE_TRIBUNAL),
    ),
)
BY_CODE = by_code(ACTS)
