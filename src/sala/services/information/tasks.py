"""Jobs of requests: the clock's regular look, and the counting of what everyone reads."""

import logging
from collections.abc import Callable

from procrastinate.contrib.django import app

from sala.core import clock
from sala.core.errors import SalaError
from sala.services.information import actions
from sala.services.information.queries import due

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", pass_context=False)
def look_at_requests(timestamp: int) -> None:
    """Every ten minutes: whatever is due because of the date alone."""
    do_what_is_due()


def do_what_is_due() -> None:
    """Hearings end, questions sleep, files are given, last days are told, answers close, late ones are told."""
    now = clock.now()
    for reference in list(due.list_heard(now)):
        _try(actions.end_hearings, now=now, reference=reference)
    for reference in list(due.list_asleep(now)):
        _try(actions.let_sleep, now=now, reference=reference)
    for reference, number in list(due.list_waiting_files(now)):
        _try(actions.release_documents, now=now, reference=reference, number=number)
    for reference in list(due.list_ending(now)):
        _try(actions.warn_of_last_day, now=now, reference=reference)
    for reference in list(due.list_closing(now)):
        _try(actions.close_answered, now=now, reference=reference)
    for reference, level in list(due.list_late(now)):
        _try(actions.escalate_request, now=now, reference=reference, level=level)
    for reference in list(due.list_outdated(now)):
        _try(actions.refresh_standing, now=now, reference=reference)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", pass_context=False)
def count_requests(timestamp: int) -> None:
    """Every five minutes: the figures that everyone reads."""
    actions.keep_counts(now=clock.now())


def _try(act: Callable[..., object], **values: object) -> None:
    """One request that moved meanwhile must not keep the others from being looked at."""
    try:
        act(**values)
    except SalaError as refusal:
        log.info("%s: %s", values["reference"], refusal.code)
