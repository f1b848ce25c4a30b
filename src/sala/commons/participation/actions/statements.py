"""Opening a conversation, adding and deciding statements, saying what one thinks, closing, drawing the map."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from sala.commons.ledger import actions as ledger
from sala.commons.matters import queries as matters
from sala.commons.moderation.queries import words_committed
from sala.commons.participation import events, permissions
from sala.commons.participation.models import Conversation, DrawnMap, Statement, Vote
from sala.commons.participation.queries import statements as queries
from sala.commons.participation.rules import statements as rules
from sala.commons.participation.rules.statements import Opinion, Reason, Standing
from sala.core.actors import Actor
from sala.core.characters import says_nothing
from sala.core.errors import Conflict, Invalid, NotFound
from sala.engines import thai
from sala.platform import rows

# The database's own clock decides in the statement that writes, as with signatures; no row is locked.
_VOTE = """
INSERT INTO participation_vote (conversation_id, number, mark, value)
SELECT s.conversation_id, s.number, %s, %s
FROM participation_statement s JOIN participation_conversation c ON c.matter_id = s.conversation_id
WHERE s.conversation_id = %s AND s.number = %s AND s.standing = 'shown' AND c.opens_at <= statement_timestamp()
  AND (c.closes_at IS NULL OR statement_timestamp() < c.closes_at)
RETURNING id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A conversation to open: what it is about in a line, the office's statements, until when, and who may vote."""

    question: str
    seeds: Sequence[str]
    closes_at: datetime | None = None
    allows_pseudonyms: bool = True
    takes_statements: bool = True


@ledger.action
def open_conversation(*, actor: Actor, now: datetime, reference: str, opening: Opening) -> Conversation:
    """People say from now on what they think of statements about a public matter.

    Raises Refused unless the actor works for its office, NotFound, Conflict if it has one, Invalid by field.
    """
    matter = matters.get_matter(reference, actor)
    permissions.require_may_work(actor, matter.agency)
    if not matter.is_public:
        raise Conflict("conversation_needs_public_matter")
    if queries.find_conversation(matter.pk) is not None:
        raise Conflict("conversation_there_already")
    seeds = [one.strip() for one in opening.seeds if one.strip()]
    _check_opening(opening, seeds, now)
    conversation = Conversation(
        matter=matter,
        question=thai.cover(opening.question.strip()),
        opens_at=now,
        closes_at=opening.closes_at,
        allows_pseudonyms=opening.allows_pseudonyms,
        takes_statements=opening.takes_statements,
    )
    conversation.save(force_insert=True)
    Statement.objects.bulk_create(
        [_seed(conversation, number, text, now) for number, text in enumerate(seeds, start=1)]
    )
    event = events.ConversationOpened(
        conversation=matter.reference,
        opens_at=now.isoformat(),
        closes_at=opening.closes_at.isoformat() if opening.closes_at else None,
        allows_pseudonyms=opening.allows_pseudonyms,
        statements=len(seeds),
    )
    ledger.record_entry(event, actor=actor, at=now)
    return conversation


@ledger.action
def seed_statement(*, actor: Actor, now: datetime, reference: str, text: str) -> Statement:
    """The office adds a statement, which everybody votes on at once. Raises Refused, Invalid, Conflict."""
    conversation = _locked(reference)
    permissions.require_may_work(actor, conversation.matter.agency)
    _require_open(conversation)
    statement = _seed(conversation, _new_number(conversation, text), text.strip(), now)
    statement.save()
    event = events.StatementTold(
        conversation=conversation.matter.reference, number=statement.number, is_seed=True
    )
    ledger.record_entry(event, actor=actor, at=now)
    return statement


@ledger.action
def tell_statement(*, actor: Actor, now: datetime, reference: str, text: str, mark: bytes) -> Statement:
    """Somebody who takes part adds a statement; it waits until the office has looked.

    Raises Refused or NotFound for who may not vote, Conflict "said_already" for the words of another one, "not_open",
    "no_statements_taken", "enough_told" for too many that wait; Invalid for words that are no statement.
    """
    conversation = _locked(reference)
    permissions.require_may_vote(actor, conversation)
    _require_open(conversation)
    if not conversation.takes_statements:
        raise Conflict("no_statements_taken")
    waiting = Statement.objects.filter(conversation=conversation, standing=Standing.WAITING.value)
    marks = [bytes(one) for one in waiting.values_list("mark", flat=True)]
    if len(marks) >= rules.MOST_WAITING or marks.count(mark) >= rules.MOST_OF_ONE:
        raise Conflict("enough_told")
    number = _new_number(conversation, text)
    public, salt = thai.cover(text.strip()), secrets.token_bytes(16)
    event = events.StatementTold(conversation=conversation.matter.reference, number=number, is_seed=False)
    recorded = ledger.record_entry(
        event, actor=actor, at=now, secret=words_committed(public, text.strip(), salt)
    )
    statement = Statement(
        conversation=conversation,
        number=number,
        text=public,
        original=text.strip(),
        digest=rules.sameness(text),
        is_seed=False,
        standing=Standing.WAITING.value,
        person_id=actor.person_id,
        mark=mark,
        told_at=now,
        salt=(recorded.salt or b"") + salt,
        entry_id=recorded.entry_id,
    )
    statement.save()
    return statement


@ledger.action
def decide_statement(
    *, actor: Actor, now: datetime, reference: str, number: int, reason: Reason | None = None
) -> None:
    """A statement is let in, or refused with a published reason; also one that was decided before.

    Raises Refused unless the actor works for the office, NotFound, Conflict "decided_like_that" if nothing changes.
    """
    conversation = _locked(reference)
    permissions.require_may_work(actor, conversation.matter.agency)
    statement = Statement.objects.filter(conversation=conversation, number=number).first()
    if statement is None:
        raise NotFound("not_found")
    standing = Standing.REFUSED if reason else Standing.SHOWN
    if statement.standing == standing and statement.reason == (reason or ""):
        raise Conflict("decided_like_that")
    statement.standing, statement.reason, statement.decided_at = standing.value, reason or "", now
    statement.save(update_fields=["standing", "reason", "decided_at"])
    event = events.StatementDecided(
        conversation=conversation.matter.reference,
        number=number,
        is_shown=reason is None,
        reason=reason.value if reason else "",
    )
    ledger.record_entry(event, actor=actor, at=now)


@ledger.action
def close_conversation(*, actor: Actor, now: datetime, reference: str) -> None:
    """Nobody votes from now on. Raises Refused unless the actor works for the office, Conflict if it is over."""
    conversation = _locked(reference)
    permissions.require_may_work(actor, conversation.matter.agency)
    _require_open(conversation)
    conversation.closes_at = max(now, conversation.opens_at)
    conversation.save(update_fields=["closes_at"])
    ledger.record_entry(
        events.ConversationClosed(conversation=conversation.matter.reference), actor=actor, at=now
    )


@ledger.action_without_entry(
    "what somebody thinks is theirs: the map's entry commits to all opinions together"
)
def say_opinion(
    *, actor: Actor, conversation: Conversation, mark: bytes, number: int, opinion: Opinion
) -> None:
    """The bearer of a mark agrees, disagrees or passes; what they said before to the statement counts no more.

    One statement, no lock. Raises Refused, NotFound, Conflict "not_open_for_opinions" before it opens, from its
    closing instant on, and for a statement that is not shown.
    """
    permissions.require_may_vote(actor, conversation)
    if rows.run_kept(_VOTE, [mark, opinion.value, conversation.pk, number]) is None:
        raise Conflict("not_open_for_opinions")


@ledger.action_without_entry("many opinions at once, as those of one person: the map's entry commits to them")
def say_opinions(
    *,
    actor: Actor,
    conversation: Conversation,
    said: Iterable[tuple[bytes, int, Opinion]],
    at: datetime | None = None,
) -> int:
    """Opinions (mark, number, what) that the system brings in together; how many. Raises Refused for anybody else."""
    permissions.require_system(actor)
    more = {} if at is None else {"cast_at": at}
    made = [
        Vote(conversation=conversation, mark=mark, number=number, value=opinion.value, **more)
        for mark, number, opinion in said
    ]
    return len(Vote.objects.bulk_create(made, batch_size=5000))


@ledger.action_if_changed("the same opinions make the same map")
def draw_conversation(*, actor: Actor, now: datetime, reference: str) -> bool:
    """The map is drawn from what people said last; whether anything changed.

    Nothing is drawn of fewer than `LEAST_PEOPLE` people. Raises Refused unless the system acts, NotFound.
    """
    # Only who draws pays for loading the linear algebra: no process that serves pages does.
    opinions: Any = import_module("sala.engines.opinions")
    permissions.require_system(actor)
    conversation = queries.get_conversation(reference)
    said = list(queries.last_opinions(conversation))
    people = len({one[0] for one in said})
    if people < rules.LEAST_PEOPLE:
        return False
    texts = dict(queries.shown_statements(conversation).values_list("number", "text"))
    digest = _digest(said, texts)
    drawn = DrawnMap.objects.select_for_update().filter(conversation=conversation).first()
    if drawn is not None and drawn.digest == digest:
        return False
    try:
        whose, statements, values, _ = zip(*said, strict=True)
        table = opinions.gather_votes(whose, statements, values)
        found = opinions.draw_map(table, {number: opinions.Comment(text) for number, text in texts.items()})
    except opinions.BadVotesError:
        return False
    document = opinions.to_document(found)
    del document["participants"]
    DrawnMap.objects.update_or_create(
        conversation=conversation,
        defaults={
            "drawn_at": now,
            "people": people,
            "opinions": len(said),
            "digest": digest,
            "document": document,
            "picture_th": opinions.draw(found, "th").to_svg().encode(),
            "picture_en": opinions.draw(found, "en").to_svg().encode(),
        },
    )
    event = events.MapDrawn(
        conversation=conversation.matter.reference, people=people, opinions=len(said), digest=digest
    )
    ledger.record_entry(event, actor=actor, at=now)
    return True


@ledger.part_of_action("the erasure of a person leaves the entry")
def erase_statements(person_id: int) -> None:
    """What somebody wrote as a statement leads to them no more; what the office let in stays, in its covered words."""
    Statement.objects.filter(person_id=person_id).update(original="", salt=b"", mark=b"", person=None)


def _digest(said: Sequence[tuple[int, int, int, str]], texts: Mapping[int, str]) -> str:
    lines = [f"{person},{number},{value}" for person, number, value, _ in said]
    lines += [f"{number}:{one}" for number, one in sorted(texts.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _locked(reference: str) -> Conversation:
    key = queries.get_conversation(reference).pk
    return Conversation.objects.select_for_update(of=("self",)).select_related("matter").get(pk=key)


def _require_open(conversation: Conversation) -> None:
    if not queries.is_open(conversation):
        raise Conflict("not_open_for_opinions")


def _new_number(conversation: Conversation, text: str) -> int:
    """The number of a statement that is about to be added; the caller holds the conversation's lock."""
    if problem := rules.problem_of_statement(text):
        raise Invalid("invalid", {"text": problem})
    there = Statement.objects.filter(conversation=conversation)
    if there.filter(digest=rules.sameness(text)).exists():
        raise Conflict("said_already")
    return int(there.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def _seed(conversation: Conversation, number: int, text: str, now: datetime) -> Statement:
    return Statement(
        conversation=conversation,
        number=number,
        text=thai.cover(text),
        digest=rules.sameness(text),
        is_seed=True,
        standing=Standing.SHOWN.value,
        told_at=now,
        decided_at=now,
    )


def _check_opening(opening: Opening, seeds: Sequence[str], now: datetime) -> None:
    fields = {}
    if says_nothing(opening.question):
        fields["question"] = "statement_missing"
    elif len(opening.question) > 200 or "\x00" in opening.question:
        fields["question"] = "text_too_long"
    problems = [found for found in map(rules.problem_of_statement, seeds) if found]
    if problems or not seeds:
        fields["seeds"] = problems[0] if problems else "statement_missing"
    elif len({rules.sameness(one) for one in seeds}) < len(seeds):
        fields["seeds"] = "said_already"
    if opening.closes_at is not None and opening.closes_at <= now:
        fields["closes_on"] = "closes_in_the_past"
    if fields:
        raise Invalid("invalid", fields)
