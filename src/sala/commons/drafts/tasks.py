"""Jobs of drafts: what nobody sent goes after its week."""

from procrastinate.contrib.django import app

from sala.commons.drafts import actions
from sala.core import clock


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", pass_context=False)
def drop_old(timestamp: int) -> None:
    """Every ten minutes: drafts untouched for a week are gone, with their files."""
    actions.drop_old_drafts(now=clock.now())
