"""Reads of correspondence: what was written about a matter, whose word is awaited, words kept ready."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from django.db.models import BigIntegerField

from sala.commons.correspondence.models import Message, ReplyTemplate
from sala.platform.registration import MessageKind
from sala.platform.statements import Given, Rows, Statement

__all__ = [
    "Message",
    "MessageKind",
    "ReplyTemplate",
    "awaits_answer",
    "by_person",
    "find_asked",
    "list_messages",
    "list_templates",
    "with_ready_words",
]


_OF_MATTER = Given("matter", BigIntegerField())
_WRITTEN = Rows(lambda: Message.objects.filter(matter_id=_OF_MATTER).order_by("at", "pk"))
_PUBLIC = Rows(
    lambda: Message.objects.filter(matter_id=_OF_MATTER).exclude(public_text="").order_by("at", "pk")
)


@cache
def _last_of(kinds: tuple[str, ...]) -> Statement:
    said = Message.objects.filter(matter_id__among=Given("matters", BigIntegerField()), kind__in=kinds)
    last = said.order_by("matter_id", "-at", "-pk").distinct("matter_id")
    return Statement.of(last.values_list("matter_id", "kind"))


def by_person(kinds: Mapping[str, MessageKind]) -> frozenset[str]:
    """The kinds of message that a person writes, not an office."""
    return frozenset(code for code, kind in kinds.items() if kind.by_person)


def list_messages(matter_id: int, *, but: Collection[str] = (), is_public: bool = False) -> list[Message]:
    """What was written about a matter, in order, without the kinds named; `is_public`: only what has public words.

    One query.
    """
    found = (_PUBLIC if is_public else _WRITTEN).list(matter=matter_id)
    return [message for message in found if message.kind not in but]


def awaits_answer(messages: Iterable[Message], *, question: str = "question", answer: str = "answer") -> bool:
    """Whether something was asked that has no answer yet; `messages` in their order."""
    asked = [m.kind for m in messages if m.kind in (question, answer)]
    return asked[-1:] == [question]


def find_asked(
    matter_ids: Collection[int], *, question: str = "question", answer: str = "answer"
) -> frozenset[int]:
    """Those of these matters whose last question has no answer yet. One query, whatever was written about them."""
    last = _last_of((question, answer)).run({"matters": list(matter_ids)})
    return frozenset(matter_id for matter_id, kind in last if kind == question)


def list_templates(agency: str) -> list[ReplyTemplate]:
    """The words an agency keeps for answers, by name."""
    return list(ReplyTemplate.objects.filter(agency=agency).order_by("name"))


def with_ready_words(agency: str, template_id: str, typed: str) -> str:
    """What somebody typed with an office's ready words after it, never over it; as typed for words it does not keep."""
    kept = {str(ready.pk): ready.text for ready in list_templates(agency)}
    return "\n\n".join(part for part in (typed.rstrip(), kept.get(template_id, "")) if part)
