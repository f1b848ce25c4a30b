"""Jobs of correspondence: old letters are forgotten. Sending is no job: the worker has a thread of its own for it."""

from procrastinate.contrib.django import app

from sala.commons.correspondence import outbox
from sala.core import clock


@app.periodic(cron="17 3 * * *")
@app.task(queue="letters", pass_context=False)
def forget_old_letters(timestamp: int) -> None:
    """Once a night: letters of a month ago."""
    outbox.forget_old(now=clock.now())
