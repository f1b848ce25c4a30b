"""Jobs of the spine: letters to followers."""

import logging

from procrastinate.contrib.django import app

from sala.commons.matters import actions, queries
from sala.core import clock

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queue="letters")
def send_due_letters(timestamp: int) -> None:
    """Every minute: the letters that may be sent now. One that fails is tried again, the others go out."""
    now = clock.now()
    for letter in queries.list_due_letters(now):
        try:
            actions.send_letter(letter=letter, now=now)
        except OSError:
            log.exception("a letter could not be sent; it is tried again")
