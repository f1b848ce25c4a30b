"""What the worker process does: the queue's jobs, and listening to the ledger."""

import logging
import threading

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app

from sala.commons.correspondence import outbox
from sala.commons.ledger import subscriptions
from sala.commons.participation import actions as participation
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.serving import reference_news

log = logging.getLogger(__name__)

# Long enough that entries which come one after another are heard together, which costs far less; short enough that a
# new complaint is found within a second.
GATHER_SECONDS = 0.5
AFTER_FAULT_SECONDS = 1.0
# A mail server that fails is asked again this often, each time with another letter.
MAIL_DOWN_SECONDS = 15.0


def follow_ledger(stop: threading.Event) -> None:
    """Let every listener read on, until told to stop; a lost database is waited for, never a reason to end."""
    while not stop.is_set():
        try:
            read = subscriptions.follow_once()
        except Exception:
            log.exception("listening to the ledger failed; trying again")
            connection.close()
            stop.wait(AFTER_FAULT_SECONDS)
            continue
        close_old_connections()
        if read < subscriptions.BATCH:
            stop.wait(GATHER_SECONDS)


def send_letters(stop: threading.Event) -> None:
    """Let letters leave as they are posted, until told to stop: apart from the jobs, so that no job waits for mail."""
    while not stop.is_set():
        try:
            done = outbox.send_waiting()
        except Exception:
            log.exception("sending letters failed; trying again")
            connection.close()
            stop.wait(AFTER_FAULT_SECONDS)
            continue
        close_old_connections()
        if done.is_down:
            stop.wait(MAIL_DOWN_SECONDS)
        elif not done.sent and not done.refused:
            stop.wait(GATHER_SECONDS)


def count_signatures(stop: threading.Event) -> None:
    """Fold what was signed into the counts, until told to stop: a count is never older than a second or two.

    Right after it is said which thresholds were reached, and what is being set aside goes on by a few thousand.
    """
    while not stop.is_set():
        try:
            now = clock.now()
            changed = participation.fold_changes(now=now)
            if changed:
                participation.tell_thresholds(actor=SYSTEM, now=now)
            changed += participation.work_on_invalidation(actor=SYSTEM, now=now) > 0
        except Exception:
            log.exception("counting signatures failed; trying again")
            connection.close()
            stop.wait(AFTER_FAULT_SECONDS)
            continue
        close_old_connections()
        stop.wait(GATHER_SECONDS if changed else GATHER_SECONDS * 2)


def run_jobs() -> None:
    """Run the queue's jobs until a signal ends the process."""
    reference_news.listen()
    with app.replace_connector(app.connector.get_worker_connector()) as running:  # type: ignore[attr-defined]  # Django's own
        running.run_worker(listen_notify=True, install_signal_handlers=True)
