"""What was said about a matter's text: a page of it, how many spoke where, one's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from sala.commons.moderation.queries import Kept, words_committed
from sala.commons.participation.models import Comment
from sala.core.errors import NotFound

# Columns of a list: what is restricted is not even read.
_SHOWN = (
    *("pk", "matter_id", "version", "provision", "starts", "ends", "quote", "question", "public_text"),
    *("suggestion", "shown_name", "channel", "written_at", "hidden_for"),
)


@dataclass(frozen=True, slots=True)
class Voices:
    """How many comments there are, from how many people, and by which channels.

    `people`: each who was signed in counts once; each comment of somebody who was not counts as one person, since
    nobody can know.
    """

    comments: int
    people: int
    channels: dict[str, int]


def _shown(matter: int) -> QuerySet[Comment]:
    return Comment.objects.filter(matter_id=matter, hidden_for="")


def count_voices(matter: int) -> Voices:
    """Comments of a matter (its key) that everyone reads, with people and channels. Two queries."""
    found = _shown(matter).aggregate(
        n=Count("pk"), signed_in=Count("person", distinct=True), alone=Count("pk", filter=Q(person=None))
    )
    channels = _shown(matter).values_list("channel").annotate(n=Count("pk")).order_by("-n")
    return Voices(found["n"], found["signed_in"] + found["alone"], dict(channels))


def count_by_provision(matter: int, version: int) -> dict[str, int]:
    """How many comments stand at each provision of a version of the text, by its id; "" is the whole. One query.

    By version, since the same id may be another provision in the next one.
    """
    rows = (
        _shown(matter)
        .filter(version=version)
        .values_list("provision")
        .annotate(n=Count("pk"))
        .order_by("provision")
    )
    return dict(rows)


def list_comments(
    matter: int,
    *,
    at: tuple[int, str] | None = None,
    question: int | None = None,
    before: int | None = None,
    size: int,
) -> tuple[list[Comment], int | None]:
    """A page of comments, the newest first, and the key to go on below (None at the end). One query.

    `at` is a version of the text and the id of a provision in it; None: wherever they stand. Never with what is
    restricted.
    """
    found = _shown(matter).only(*_SHOWN)
    if at is not None:
        found = found.filter(version=at[0], provision=at[1])
    if question is not None:
        found = found.filter(question=question)
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found.order_by("-pk")[: size + 1])
    return page[:size], page[size - 1].pk if len(page) > size else None


def list_newest(
    *, kind: str, before: int | None = None, matter: int | None = None, size: int
) -> list[Comment]:
    """The newest comments of a kind of matter with their matters, for tables and feeds. One query."""
    found = Comment.objects.filter(matter__kind=kind, matter__visibility="public", hidden_for="")
    if matter is not None:
        found = found.filter(matter_id=matter)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.select_related("matter").order_by("-pk")[:size])


def get_comment(matter: int, key: int) -> Comment:
    """A comment of a matter, hidden or not. Raises NotFound."""
    found = Comment.objects.filter(matter_id=matter, pk=key).first()
    if found is None:
        raise NotFound("comment_not_found")
    return found


def list_own_comments(person_id: int, size: int = 100) -> list[Comment]:
    """What a person said while signed in, the newest first, with its matters. One query."""
    return list(Comment.objects.filter(person_id=person_id).select_related("matter").order_by("-pk")[:size])


def export_comments(person_id: int) -> list[dict[str, Any]]:
    """Everything held of a person's comments, as JSON values."""
    return [
        {
            "reference": one.matter.reference,
            "written_at": one.written_at,
            "place": one.provision,
            "what_you_wrote": one.original,
            "what_is_public": "\n\n".join(filter(None, (one.public_text, one.suggestion))),
            "name_shown": one.shown_name,
        }
        for one in Comment.objects.filter(person_id=person_id).select_related("matter").order_by("pk")
    ]


def kept_comments(kind: str, most: int) -> Iterator[Kept]:
    """The newest comments of a kind beside the entries that commit to them, for whoever checks the words."""
    newest = (
        Comment.objects.filter(matter__kind=kind)
        .exclude(salt=b"")
        .exclude(entry_id=None)
        .order_by("-pk")[:most]
    )
    for one in newest:
        salt = bytes(one.salt)
        public = "\n\n".join(filter(None, (one.public_text, one.suggestion)))
        yield Kept(one.entry_id or 0, salt[:-16], (words_committed(public, one.original, salt[-16:]),))
