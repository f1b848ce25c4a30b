"""Jobs of legal questions: the clock's regular look, and the counting of what everyone reads."""

import logging
from collections.abc import Callable

from procrastinate.contrib.django import app

from sala.core import clock
from sala.core.errors import SalaError
from sala.services.lawmaking import actions
from sala.services.lawmaking.queries import hearings
from sala.services.lawmaking.queries import question_due as due

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", pass_context=False)
def look_at_questions(timestamp: int) -> None:
    """Every ten minutes: whatever is due because of the date alone."""
    do_what_is_due()


def do_what_is_due() -> None:
    """Questions rest, late ones are told further up, lists say "late"."""
    now = clock.now()
    for reference in list(due.list_resting(now)):
        _try(actions.let_rest, now=now, reference=reference)
    for reference, level in list(due.list_late(now)):
        _try(actions.escalate_question, now=now, reference=reference, level=level)
    for reference in list(due.list_outdated(now)):
        _try(actions.refresh_standing, now=now, reference=reference)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", pass_context=False)
def count_questions(timestamp: int) -> None:
    """Every five minutes: the figures that everyone reads."""
    actions.keep_counts(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue="clock", pass_context=False)
def look_at_hearings(timestamp: int) -> None:
    """Every minute: hearings whose time has come are open, those whose time is over are closed."""
    follow_hearings()


def follow_hearings() -> None:
    """What everyone reads of a hearing says what its time says. Speaking itself asks the time, and not this."""
    now = clock.now()
    for reference in hearings.list_due(now):
        _try(actions.follow_hearing_clock, now=now, reference=reference)


def _try(act: Callable[..., object], **values: object) -> None:
    """One question that moved meanwhile must not keep the others from being looked at."""
    try:
        act(**values)
    except SalaError as refusal:
        log.info("%s: %s", values["reference"], refusal.code)
