"""Reading conversations: what comes next for somebody, what waits for a look, what a map is drawn from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Q, QuerySet

from sala.commons.matters import queries as matters
from sala.commons.participation.models import Conversation, DrawnMap, Statement, Vote
from sala.commons.participation.queries.signatures import mark_of
from sala.commons.participation.rules import statements as rules
from sala.commons.participation.rules.statements import Standing
from sala.core.errors import NotFound

PURPOSE = "opinion"


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody sees next: the statement (None: all are answered), and how far they are.

    `before` is the statement they answered last, with what they said; None before the first one.
    """

    statement: Statement | None
    answered: int
    all: int
    before: tuple[Statement, int] | None


def mark_for(reference: str, person_id: int | None, browser: str) -> bytes:
    """What stands for a person in the conversation of a matter, or for a browser ("" for none: no mark)."""
    if person_id is not None:
        return mark_of(PURPOSE, reference, f"person {person_id}")
    return mark_of(PURPOSE, reference, f"browser {browser}") if browser else b""


def get_conversation(text: str) -> Conversation:
    """The conversation of a public matter, by its reference as typed. One query. Raises NotFound."""
    matter = matters.find_matter(text)
    found = Conversation.objects.filter(matter=matter).first() if matter and matter.is_public else None
    if found is None or matter is None:
        raise NotFound("not_found")
    found.matter = matter
    return found


def find_conversation(matter: int) -> Conversation | None:
    """The conversation of a matter (its key), if somebody opened one."""
    return Conversation.objects.filter(pk=matter).first()


def list_conversations(*, before: int = 0, size: int = 50) -> list[Conversation]:
    """Conversations about public matters, the newest matter first, below a key; one query."""
    rows = Conversation.objects.filter(matter__visibility="public").select_related("matter", "drawn_map")
    rows = rows.defer("drawn_map__document", "drawn_map__picture_th", "drawn_map__picture_en")
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:size])


def list_worked(agencies: tuple[str, ...]) -> list[Conversation]:
    """Conversations of these offices with how many statements wait (`waiting`), those with the most first."""
    rows = Conversation.objects.filter(matter__agency__in=agencies).select_related("matter")
    waiting = Count("statements", filter=Q(statements__standing=Standing.WAITING.value))
    return list(rows.annotate(waiting=waiting).order_by("-waiting", "-pk")[:200])


def is_open(conversation: Conversation) -> bool:
    """Whether people may vote at this moment, by the database's clock. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s <= statement_timestamp() AND (%s::timestamptz IS NULL OR statement_timestamp() < %s)",
            [conversation.opens_at, conversation.closes_at, conversation.closes_at],
        )
        return bool(cursor.fetchone()[0])


_OWN = """
SELECT DISTINCT ON (number) number, value, id FROM participation_vote
WHERE conversation_id = %s AND mark = %s ORDER BY number, id DESC
"""


def own_opinions(conversation: Conversation, mark: bytes) -> dict[int, tuple[int, int]]:
    """What the bearer of a mark said last to each statement: number -> (value, key of the row). One query."""
    if not mark:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [conversation.pk, mark])
        return {number: (value, key) for number, value, key in cursor.fetchall()}


def has_said(conversation: Conversation, mark: bytes) -> bool:
    """Whether the bearer of a mark said anything yet. One query."""
    return Vote.objects.filter(conversation=conversation, mark=mark).exists()


def shown_statements(conversation: Conversation) -> QuerySet[Statement]:
    """Those that everybody votes on, in the order of their numbers."""
    return Statement.objects.filter(conversation=conversation, standing=Standing.SHOWN.value).order_by(
        "number"
    )


def turn_of(conversation: Conversation, mark: bytes, asked: int | None = None) -> Turn:
    """What comes next for the bearer of a mark, or the statement they asked for. Two queries, however many voted."""
    shown = {one.number: one for one in shown_statements(conversation).defer("original")}
    own = {number: said for number, said in own_opinions(conversation, mark).items() if number in shown}
    number = asked if asked in shown else rules.next_statement(list(shown), own, mark)
    last = max(own, key=lambda one: own[one][1], default=None)
    before = (shown[last], own[last][0]) if last is not None and last != number else None
    return Turn(shown.get(number) if number else None, len(own), len(shown), before)


def list_waiting(conversation: Conversation) -> list[Statement]:
    """Statements that wait for a look, the oldest first. One query."""
    rows = Statement.objects.filter(conversation=conversation, standing=Standing.WAITING.value)
    return list(rows.order_by("number")[: rules.MOST_WAITING])


def list_decided(conversation: Conversation) -> list[Statement]:
    """Statements that were let in or refused, the newest first. One query."""
    rows = Statement.objects.filter(conversation=conversation).exclude(standing=Standing.WAITING.value)
    return list(rows.order_by("-number")[:500])


def count_standings(conversation: Conversation) -> Mapping[str, int]:
    """How many statements stand where."""
    rows = Statement.objects.filter(conversation=conversation).values_list("standing")
    return dict(rows.annotate(many=Count("pk")).order_by("standing"))


_LAST = """
SELECT DISTINCT ON (v.mark, v.number) v.mark, v.number, v.value,
       (date_trunc('day', v.cast_at AT TIME ZONE 'Asia/Bangkok'))::date
FROM participation_vote v
JOIN participation_statement s ON s.conversation_id = v.conversation_id AND s.number = v.number
WHERE v.conversation_id = %s AND s.standing = 'shown'
ORDER BY v.mark, v.number, v.id DESC
"""


def last_opinions(conversation: Conversation) -> Iterator[tuple[int, int, int, str]]:
    """Every last opinion on what is shown: (number of who said it, statement, value, day in Thailand).

    People are numbered by their marks, which are keyed digests: the number says nothing of who came when.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [conversation.pk])
        person, before = -1, b""
        for mark, number, value, day in cursor.fetchall():
            if bytes(mark) != before:
                person, before = person + 1, bytes(mark)
            yield person, number, value, day.isoformat()


def find_map(conversation: Conversation) -> DrawnMap | None:
    """The map as drawn last, if it was drawn. One query."""
    return DrawnMap.objects.filter(conversation=conversation).first()


def list_to_draw(now: datetime) -> list[str]:
    """References of the conversations that are open, or were until a day ago: what came last is drawn as well."""
    rows = Conversation.objects.filter(opens_at__lte=now, matter__visibility="public")
    rows = rows.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=now - timedelta(days=1)))
    return list(rows.order_by("pk").values_list("matter__reference", flat=True))


def export_told(person_id: int) -> list[dict[str, str]]:
    """Statements that somebody added while signed in. Opinions lead to nobody, so they cannot be among them."""
    rows = Statement.objects.filter(person_id=person_id).select_related("conversation__matter").order_by("pk")
    return [
        {
            "matter": one.conversation.matter.reference,
            "statement": one.original or one.text,
            "standing": one.standing,
            "told_on": one.told_at.date().isoformat(),
        }
        for one in rows
    ]
