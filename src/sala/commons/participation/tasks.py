"""Jobs of participation: maps are drawn again from what people said meanwhile."""

import logging

from procrastinate.contrib.django import app

from sala.commons.participation import actions, queries
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.errors import SalaError

log = logging.getLogger(__name__)


@app.periodic(cron="*/2 * * * *")
@app.task(queue="clock", pass_context=False)
def draw_maps(timestamp: int) -> None:
    """Every two minutes: each conversation in which something changed."""
    now = clock.now()
    for reference in queries.list_to_draw(now):
        try:
            actions.draw_conversation(actor=SYSTEM, now=now, reference=reference)
        except SalaError as refusal:
            log.info("%s: %s", reference, refusal.code)
