"""Telling followers what happened: their notices become letters, many in one transaction, which leave after it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.ledger import queries as ledger_queries
from sala.commons.matters import letters, permissions, slots
from sala.commons.matters.models import Follow, Notice
from sala.commons.matters.queries.following import KNOWING, Letter
from sala.core.actors import SYSTEM, Actor


@ledger.action_without_entry("what the letters tell is in the ledger already")
def post_letters(*, due: Sequence[Letter], now: datetime, actor: Actor = SYSTEM) -> int:
    """Followers read what happened, each all of their matters in one letter; returns how many letters were posted.

    A letter that another worker posts, or has posted since it was listed, is not posted again. Seven queries however
    many letters there are.
    """
    permissions.require_system(actor)
    follows = _lock([follow_id for letter in due for follow_id in letter.follow_ids])
    waiting = list(Notice.objects.filter(follow__in=follows, sent_at=None).order_by("entry_id"))
    noted: dict[int, list[int]] = defaultdict(list)
    for notice in waiting:
        noted[notice.follow_id].append(notice.entry_id)
    entries = ledger_queries.list_recorded({notice.entry_id for notice in waiting})
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(sent_at=now)
    Follow.objects.filter(pk__in=list(noted)).update(last_told_at=now)
    written = []
    for letter in due:
        told = [(f, noted[f]) for f in letter.follow_ids if f in noted]
        parts = [(follows[follow], [entries[e] for e in entry_ids]) for follow, entry_ids in told]
        if parts and (made := letters.tell(parts, language=letter.language, newest=max(told[-1][1]))):
            written.append(made)
    return slots.post(written, now=now)


def _lock(follow_ids: Sequence[int]) -> dict[int, Follow]:
    """These followings, nobody else's until the end of the action; those another worker holds are left to it."""
    rows = (
        Follow.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("matter", "person")
        .filter(KNOWING, pk__in=follow_ids)
    )
    return {follow.pk: follow for follow in rows.order_by("pk")}
