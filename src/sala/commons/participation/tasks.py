"""Jobs of participation: what is due because of the date alone."""

from procrastinate.contrib.django import app

from sala.commons.participation import actions
from sala.core import clock
from sala.core.actors import SYSTEM


@app.periodic(cron="17 * * * *")
@app.task(queue="clock", pass_context=False)
def erase_details(timestamp: int) -> None:
    """Every hour: names and numbers of signers go when their time is over."""
    actions.erase_details(actor=SYSTEM, now=clock.now())
