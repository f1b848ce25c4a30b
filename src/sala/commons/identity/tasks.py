"""What identity does by itself, at set times."""

from procrastinate.contrib.django import app

from sala.commons.identity import actions
from sala.core import clock
from sala.core.actors import SYSTEM


@app.periodic(cron="*/30 * * * *")
@app.task(name="identity.forget_expired")
def forget_expired(timestamp: int) -> int:
    """Twice an hour: forget codes, sessions, old sign-ins and rate buckets that have run out."""
    return actions.forget_expired(actor=SYSTEM, now=clock.now())
