"""Jobs of complaints: the clock's regular look at what is late, unconfirmed or forgotten."""

import logging

from procrastinate.contrib.django import app

from sala.core import clock
from sala.core.errors import SalaError
from sala.services.complaints import actions
from sala.services.complaints.queries import watch

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", pass_context=False)
def look_at_the_clock(timestamp: int) -> None:
    """Every ten minutes: tell further up what is late, close what nobody confirmed."""
    now = clock.now()
    for late in watch.list_late(now):
        _try(
            actions.escalate_complaint, now=now, reference=late.reference, level=late.level, cause=late.cause
        )
    for reference in watch.list_unconfirmed(now):
        _try(actions.lapse_confirmation, now=now, reference=reference)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", pass_context=False)
def count_again(timestamp: int) -> None:
    """Every five minutes: the figures that everyone reads."""
    actions.keep_counts(now=clock.now())


def _try(act: object, **values: object) -> None:
    """One complaint that moved meanwhile must not keep the others from being looked at."""
    try:
        act(**values)  # type: ignore[operator]  # one of two actions
    except SalaError as refusal:
        log.info("%s: %s", values["reference"], refusal.code)
