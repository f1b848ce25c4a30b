"""Jobs of deadlines: dates that run follow the calendars."""

import logging

from procrastinate.contrib.django import app

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import actions, queries
from sala.commons.matters import slots
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.errors import SalaError

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queue="clock", pass_context=False)
def follow_calendars(timestamp: int) -> None:
    """Every minute, and when holidays were declared: dates counted without them are counted again.

    Usually there is none, and that is one look into an index. Each date that moves is told as a step of its matter,
    by the kind of matter whose it is.
    """
    after = 0
    while found := queries.list_outdated(after=after):
        after = found[-1].pk
        known, standing = agencies.calendars(), []
        for deadline in found:
            due = deadline.due_at if deadline.clock else deadline.matter.due_at
            if queries.recounted(deadline, known) == due:
                standing.append(deadline.pk)
            else:
                _move(deadline.matter.kind, deadline.matter.reference, deadline.clock)
        actions.note_unmoved(actor=SYSTEM, deadline_ids=standing, calendars=known.version)


def _move(kind: str, reference: str, clock_name: str) -> None:
    """One matter that moved meanwhile must not keep the others from being looked at."""
    move = slots.kinds[kind].move_date
    if move is None:
        return
    try:
        move(actor=SYSTEM, now=clock.now(), reference=reference, clock=clock_name)
    except SalaError as refusal:
        log.info("%s: %s", reference, refusal.code)
