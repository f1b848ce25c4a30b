"""What all writes of requests share: locking one, naming it in the ledger, settling how it stands afterwards."""

from collections.abc import Sequence
from datetime import date, datetime

from sala.commons.correspondence import actions as correspondence
from sala.commons.correspondence.queries import Message
from sala.commons.deadlines import actions as deadlines
from sala.commons.deadlines import queries as dates
from sala.commons.files import actions as files
from sala.commons.files.actions import KeptFile
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import queries as naming
from sala.commons.moderation.actions import require_not_set_aside
from sala.commons.moderation.queries import words_committed
from sala.core.actors import Actor
from sala.core.errors import Invalid, NotFound
from sala.core.events import Event
from sala.engines import thai
from sala.engines.thai.public_text import NOTHING, PublicText
from sala.services.information.actions.erasure import finish_erasure
from sala.services.information.models import Request
from sala.services.information.queries import cases, law
from sala.services.information.queries.request import whole
from sala.services.information.rules import standing as standings
from sala.services.information.rules import states
from sala.services.information.rules.states import Move, Status

NOTE = "note"
# What only colleagues read has no public words, and is committed to without any.
INTERNAL = frozenset({NOTE, "letter"})


@ledger.part_of_action("locks what an action of requests is about")
def locked(reference: str) -> Request:
    """The request with its matter, both locked until the action ends, matter first. Raises NotFound."""
    matter = matters.lock_matter(reference)
    request = whole().select_for_update(of=("self",)).filter(pk=matter.pk).first()
    if request is None:
        raise NotFound("matter_not_found", reference=reference)
    request.matter = matter
    return request


@ledger.part_of_action("locks what an action of the office, of the Board or of the clock is about")
def locked_at_work(reference: str) -> Request:
    """As `locked`, for whoever works on it. Raises NotFound, Conflict for what is set aside."""
    request = locked(reference)
    require_not_set_aside(request)
    return request


def named(request: Request) -> dict[str, str | None]:
    """The three names every event of a request carries."""
    return naming.event_names(request)


def move(request: Request, what: Move) -> Status:
    """Make a move of the state table; `settled` keeps it. Raises Conflict."""
    status = states.move(request.state, what)
    request.status = status.value
    return status


@ledger.part_of_action("keeps how a request stands after the step whose entry tells it")
def settled(request: Request, *, now: datetime, **changes: object) -> date | None:
    """Keep a changed request, make its standing and its date anew; the day an answer is expected, None if none is.

    Both are made from the rows as they are now, so that no action can forget one of them.
    """
    request.save()
    fresh = whole().get(pk=request.pk)
    case, rules, today = cases.case_of(fresh), law.law_of(request.matter.agency), law.day_of(now)
    request.standing = standings.standing(case, rules, today).value
    request.save(update_fields=["standing"])
    expected = standings.answer_expected_on(case, rules) if case.status in states.WITH_OFFICE else None
    _run_date(request, case, expected, now)
    is_over = case.status in states.ANSWERED | states.ENDED
    if is_over:
        finish_erasure(request)
    closed_at = (request.matter.closed_at or now) if is_over else None
    due_at = law.ends_at(expected)
    values = {"stage": request.standing, "due_at": due_at, "closed_at": closed_at}
    matters.move_matter(request.matter, now=now, **values, **changes)
    return expected


def _run_date(request: Request, case: standings.Case, expected: date | None, now: datetime) -> None:
    """Have the matter's own date run as the floor keeps it, so that a holiday declared later moves it too.

    A day that the office named itself (something fragile) is no counted date, and none runs then.
    """
    due_at = law.ends_at(expected)
    if due_at == request.matter.due_at:
        return
    deadlines.end_deadline(request.matter, now=now)
    if expected is None or expected == case.extended_to:
        return
    began = max(day for day in (case.received_on, case.clarified_on, case.reopened_on) if day is not None)
    deadlines.run_deadline(request.matter, counted("answer", request.matter.agency, began))


def counted(period: str, agency: str, event_on: date) -> dates.Counted:
    """A date of the floor for a period that an event on a day begins, by the working days of an agency."""
    return dates.count_from_day(law.KIND, period, agency=agency, event_on=event_on)


def public_words(request: Request, text: str) -> PublicText:
    """What everyone may read of a text: with personal data covered; "" for a request that is not public."""
    return thai.cover(text) if request.is_public and text else NOTHING


@ledger.part_of_action("writes the words that an action of requests is about")
def write_message(
    request: Request,
    *,
    kind: str,
    text: str,
    actor: Actor,
    now: datetime,
    recorded: ledger.Recorded,
    kept: Sequence[KeptFile] = (),
) -> Message:
    """Keep words beside their entry, with files that came along: those only the office and the person see."""
    if kind != NOTE:
        request.last_word = kind
    message = correspondence.write_message(
        request.matter,
        kind=kind,
        text=text,
        public_text=public_words(request, text),
        actor=actor,
        now=now,
        recorded=recorded,
    )
    files.add_files(kept, matter_id=request.pk, now=now, message_id=message.pk, person_id=actor.person_id)
    return message


def iso(day: date | None) -> str:
    """A day as facts tell it; "" for none."""
    return day.isoformat() if day else ""


def required(values: dict[str, str]) -> None:
    """Raises Invalid, naming each field that is empty."""
    missing: Sequence[str] = [name for name, text in values.items() if not text.strip()]
    if missing:
        raise Invalid("invalid", dict.fromkeys(missing, "text_missing"))


@ledger.part_of_action("the step that the words are about leaves the entry with them")
def said(
    request: Request,
    kind: str,
    text: str,
    event: Event,
    actor: Actor,
    now: datetime,
    kept: Sequence[KeptFile] = (),
) -> None:
    """Record a step of which words are a part, keep the words, settle the request."""
    public_text = NOTHING if kind in INTERNAL else public_words(request, text)
    committed = words_committed(public_text, text, b"")
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=committed)
    write_message(request, kind=kind, text=text, actor=actor, now=now, recorded=recorded, kept=kept)
    settled(request, now=now)
