"""What a person may do next: which way, by which section, until when, to whom. Computed, never boilerplate.

Telling somebody to take a way that the law does not open costs them their days; so each way here is made from the
state, the grounds of the answer and the date.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sala.core.deadlines import Law
from sala.services.information.rules import standing as standings
from sala.services.information.rules.grounds import Remedy, Wish, remedies
from sala.services.information.rules.periods import Basis, NoPeriod
from sala.services.information.rules.proceedings import APPEALS, Kind, Ruling, Stage
from sala.services.information.rules.standing import Case, Who
from sala.services.information.rules.states import OPEN, WITH_OFFICE, Status
from sala.services.information.rules.third_parties import Notice, Reply


class WayKind(StrEnum):
    """The ways there are; each has its section in `data/ways.csv` and its words in `words`."""

    ANSWER_QUESTION = "answer_question"
    REMIND = "remind"
    SAY_WHAT_IS_MISSING = "say_what_is_missing"
    COMPLAIN_SLOW = "complain_slow"
    COMPLAIN_NOT_GIVEN = "complain_not_given"
    COMPLAIN_NOT_HELD = "complain_not_held"
    COMPLAIN_NOT_OBEYED = "complain_not_obeyed"
    APPEAL_REFUSAL = "appeal_refusal"
    APPEAL_CORRECTION = "appeal_correction"
    ATTACH_NOTE = "attach_note"
    ASK_ARCHIVES = "ask_archives"
    GO_TO_COURT = "go_to_court"
    ASK_AGAIN = "ask_again"
    WITHDRAW = "withdraw"
    OBJECT = "object"
    APPEAL_OVERRULED = "appeal_overruled"


@dataclass(frozen=True, slots=True)
class WayRule:
    """A way in the law: to whom, within which period (code, "" for none), by which section, how we know."""

    way: WayKind
    to: Who
    period: str
    section_th: str
    section_en: str
    basis: Basis
    valid_from: date
    valid_until: date | None = None


def way_rules_of(rows: Iterable[Mapping[str, str]]) -> tuple[WayRule, ...]:
    """The ways from the rows of `data/ways.csv`. Raises ValueError or KeyError for a row that is none."""
    return tuple(
        WayRule(
            way=WayKind(row["way"]),
            to=Who(row["to"]),
            period=row["period"],
            section_th=row["section_th"],
            section_en=row["section_en"],
            basis=Basis(row["basis"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Way:
    """One way that is open today. `until` None: the law sets no last day. `is_first`: what we would do now."""

    kind: WayKind
    rule: WayRule
    until: date | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A way that a state opens, before its section is looked up; `event_on` begins its period."""

    kind: WayKind
    event_on: date | None = None
    is_first: bool = False


def next_ways(case: Case, law: Law, rules: Iterable[WayRule], today: date) -> tuple[Way, ...]:
    """What the person may do today, what we would do first at the head. Never empty: one may always ask again.

    A way whose last day has passed is left out. Raises periods.NoPeriod where the data of the installation lack a
    way or a period that is in force.
    """
    found = [_way(opened, law, rules, today) for opened in _opened(case, law, today)]
    still_open = [way for way in found if way.until is None or today <= way.until]
    return tuple(sorted(still_open, key=lambda way: not way.is_first))


def _way(opened: Open, law: Law, rules: Iterable[WayRule], today: date) -> Way:
    # The law of the event binds what follows from it: a refusal of last year keeps last year's days.
    on = opened.event_on or today
    fitting = [
        r
        for r in rules
        if r.way is opened.kind and r.valid_from <= on and (r.valid_until is None or on <= r.valid_until)
    ]
    if not fitting:
        raise NoPeriod(f"way {opened.kind} on {on}")
    rule = max(fitting, key=lambda r: r.valid_from)
    until = law.until(rule.period, opened.event_on) if rule.period and opened.event_on else None
    return Way(opened.kind, rule, until, opened.is_first)


def _opened(case: Case, law: Law, today: date) -> Iterator[Open]:
    """Every way that a case opens, those that have run out included."""
    yield from _while_asked(case)
    yield from _while_open(case, law, today)
    yield from _after_answer(case)
    yield from _after_ruling(case)
    if case.wish is Wish.CORRECTION:
        # "In any case whatever" (s. 25 para 4): the note is theirs in every state.
        yield Open(WayKind.ATTACH_NOTE)
    if case.status not in OPEN:
        yield Open(WayKind.ASK_AGAIN)


def _while_asked(case: Case) -> Iterator[Open]:
    if case.status in (Status.CLARIFYING, Status.ASLEEP):
        yield Open(WayKind.ANSWER_QUESTION, is_first=True)


def _while_open(case: Case, law: Law, today: date) -> Iterator[Open]:
    """Before an answer. Whoever finds the office slow may complain on any day: the Act asks what the person sees as
    slow, not for a number of days (s. 13). We put it first only once the expected day has passed."""
    if case.status in OPEN | {Status.ASLEEP}:
        is_late = standings.is_overdue(case, law, today)
        is_complained = _runs(case, Kind.COMPLAINT)
        if is_late and not standings.is_owed(
            case
        ):  # who is owed a ruling's fruit is reminded of that instead
            yield Open(WayKind.REMIND, is_first=not is_complained)
        if case.status in WITH_OFFICE and not is_complained:
            yield Open(WayKind.COMPLAIN_SLOW, is_first=is_late)
        yield Open(WayKind.WITHDRAW)


def _after_answer(case: Case) -> Iterator[Open]:
    """Against an answer, also while the office thinks again: until there is another answer this one's days run."""
    if case.answer is None or case.notified_on is None:
        return
    open_to = remedies(case.grounds)
    if Remedy.TRIBUNAL in open_to and not _was_brought(case, Kind.APPEAL):
        yield Open(WayKind.APPEAL_REFUSAL, case.notified_on, is_first=True)
    if Remedy.TRIBUNAL_CORRECTION in open_to and not _was_brought(case, Kind.CORRECTION_APPEAL):
        yield Open(WayKind.APPEAL_CORRECTION, case.notified_on, is_first=True)
    if case.status in (Status.GRANTED, Status.PARTLY_GRANTED):
        # Cheaper for everybody than a complaint: the office that gave it knows best what it left out.
        yield Open(WayKind.SAY_WHAT_IS_MISSING)
    if _was_brought(case, Kind.COMPLAINT):
        return
    if case.answer is Status.NOT_HELD:
        yield Open(WayKind.COMPLAIN_NOT_HELD, is_first=True)
        yield Open(WayKind.ASK_ARCHIVES)
    elif Remedy.BOARD in open_to or case.answer in (Status.GRANTED, Status.PARTLY_GRANTED):
        yield Open(WayKind.COMPLAIN_NOT_GIVEN, is_first=Remedy.BOARD in open_to)


def _after_ruling(case: Case) -> Iterator[Open]:
    ruled = standings.last_ruling(case)
    if ruled is None or standings.running(case) is not None:
        return
    if standings.is_owed(case):
        yield Open(WayKind.REMIND, is_first=True)
        yield Open(WayKind.COMPLAIN_NOT_OBEYED, is_first=True)
    # The Tribunal's ruling is final within the Act (s. 37 para 2); what a court may do after it was not read.
    if ruled.kind in APPEALS and ruled.ruling is not Ruling.UPHELD:
        yield Open(WayKind.GO_TO_COURT)


def _runs(case: Case, kind: Kind) -> bool:
    return any(p.kind is kind and p.is_running for p in case.proceedings)


def _was_brought(case: Case, kind: Kind) -> bool:
    """Whether such a proceeding was brought against this answer: it runs, or was decided since.

    One that was withdrawn may be brought again while its days run.
    """
    return any(
        p.kind is kind
        and p.stage is not Stage.WITHDRAWN
        and (p.is_running or case.notified_on is None or p.filed_on >= case.notified_on)
        for p in case.proceedings
    )


def ways_of_third_party(notice: Notice, law: Law, rules: Iterable[WayRule], today: date) -> tuple[Way, ...]:
    """What somebody whose interests are touched may do today (s. 17): object, then appeal if they were not heard."""
    rules = tuple(rules)
    found: list[Way] = []
    if notice.reply is not Reply.OBJECTS and notice.overruled_on is None and today <= notice.object_until:
        way = _way(Open(WayKind.OBJECT, is_first=True), law, rules, today)
        found.append(Way(way.kind, way.rule, notice.object_until, is_first=True))
    if notice.overruled_on is not None and notice.appealed_on is None:
        appeal = _way(Open(WayKind.APPEAL_OVERRULED, notice.overruled_on, is_first=True), law, rules, today)
        if appeal.until is None or today <= appeal.until:
            found.append(appeal)
    return tuple(found)
