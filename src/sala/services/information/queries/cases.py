"""A request as the rules see it, made from its rows."""

from datetime import date

from sala.services.information.models import Answer, Request, ThirdParty
from sala.services.information.models import Proceeding as ProceedingRow
from sala.services.information.rules.grounds import Ground, Wish
from sala.services.information.rules.proceedings import Kind, Proceeding, Ruling, Stage
from sala.services.information.rules.standing import Case
from sala.services.information.rules.states import Status
from sala.services.information.rules.third_parties import Notice, Reply


def case_of(request: Request) -> Case:
    """What the rules need to know of a request. Three queries, none where its rows are at hand."""
    answer = last_answer(request)
    rows = sorted(request.proceedings.all(), key=lambda row: row.pk)
    return Case(
        status=Status(request.status),
        received_on=request.received_on,
        wish=Wish(request.wish),
        asked_on=request.asked_on,
        clarified_on=request.clarified_on,
        reopened_on=request.reopened_on,
        extended_to=request.extended_to,
        answer=Status(answer.result) if answer else None,
        notified_on=answer.notified_on if answer else None,
        grounds=frozenset(Ground(row.ground) for row in answer.grounds.all()) if answer else frozenset(),
        proceedings=tuple(proceeding_of(row) for row in rows),
        is_given=_is_given(rows),
    )


def last_answer(request: Request) -> Answer | None:
    """The answer that counts now, None before the first."""
    answers: list[Answer] = list(request.answers.all())
    return max(answers, key=lambda answer: answer.number, default=None)


def _is_given(rows: list[ProceedingRow]) -> bool:
    """Whether what was ruled last for the person was given since."""
    ruled = [row for row in rows if row.decided_on and row.kind != Kind.OBJECTOR_APPEAL]
    return bool(ruled) and max(ruled, key=lambda row: row.decided_on or date.min).is_given


def proceeding_of(row: ProceedingRow) -> Proceeding:
    """A complaint or an appeal as the rules see it."""
    return Proceeding(
        kind=Kind(row.kind),
        stage=Stage(row.stage),
        filed_on=row.filed_on,
        forwarded_on=row.forwarded_on,
        is_extended=row.is_extended,
        decided_on=row.decided_on,
        ruling=Ruling(row.ruling) if row.ruling else None,
    )


def notice_of(row: ThirdParty) -> Notice:
    """A third party as the rules see it, with what came of their own appeal."""
    appeals = sorted(row.proceedings.all(), key=lambda appeal: appeal.pk)
    appeal = appeals[-1] if appeals and appeals[-1].stage != Stage.WITHDRAWN else None
    return Notice(
        received_on=row.received_on,
        object_until=row.object_until,
        reply=Reply(row.reply),
        overruled_on=row.overruled_on,
        appealed_on=appeal.filed_on if appeal else None,
        ruling=Ruling(appeal.ruling) if appeal and appeal.ruling else None,
    )


def notices_of(request: Request) -> tuple[Notice, ...]:
    """Everybody who was asked whether it concerns them, as the rules see them."""
    return tuple(notice_of(row) for row in request.third_parties.all())
