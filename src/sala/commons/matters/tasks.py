"""Jobs of the spine: letters to followers."""

from procrastinate.contrib.django import app

from sala.commons.matters import actions, queries
from sala.core import clock

# Letters made in one transaction: enough to share its queries, few enough that no other worker waits for them.
TOGETHER = 100


@app.periodic(cron="* * * * *")
@app.task(queue="letters", lock="matters.letters", queueing_lock="matters.letters")
def post_due_letters(timestamp: int) -> None:
    """Every minute: the letters that may be posted now, all of them; the outbox sends them after that."""
    now = clock.now()
    while due := list(queries.list_due_letters(now)):
        made = sum(
            actions.post_letters(due=due[first : first + TOGETHER], now=now)
            for first in range(0, len(due), TOGETHER)
        )
        if not made:
            return  # another worker holds the rest, or they have nobody to go to
