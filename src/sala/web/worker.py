"""What the worker process does: the queue's jobs, and listening to the ledger."""

import logging
import threading

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app

from sala.commons.ledger import subscriptions

log = logging.getLogger(__name__)

# Long enough that entries which come one after another are heard together, which costs far less; short enough that a
# new complaint is found within a second.
GATHER_SECONDS = 0.5
AFTER_FAULT_SECONDS = 1.0


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


def run_jobs() -> None:
    """Run the queue's jobs until a signal ends the process."""
    with app.replace_connector(app.connector.get_worker_connector()) as running:  # type: ignore[attr-defined]  # Django's own
        running.run_worker(listen_notify=True, install_signal_handlers=True)
