"""Jobs of participation: what is due because of the date alone."""

import logging

from procrastinate.contrib.django import app

from sala.commons.participation import actions, queries
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.errors import SalaError


@app.periodic(cron="17 * * * *")
@app.task(queue="clock", pass_context=False)
def erase_details(timestamp: int) -> None:
    """Every hour: names and numbers of signers go when their time is over."""
    actions.erase_details(actor=SYSTEM, now=clock.now())


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
