"""A thread in each serving process that hears when reference data was changed, and has it forgotten and read anew."""

import logging
import os
import threading

import psycopg
from django.conf import settings
from django.db import DatabaseError, connections

from sala.platform import reference_data
from sala.platform.connections import connect_directly

log = logging.getLogger(__name__)

AFTER_FAULT_SECONDS = 1.0
# A connection that died without a word is noticed within this time: what was kept is then read anew.
LOOK_SECONDS = 60.0
_listens: dict[str, int] = {}
_starting = threading.Lock()


def listen() -> None:
    """Have this process hear of changes from now on; again and again costs nothing. Call it after a fork."""
    if _listens.get("pid") == os.getpid() or not settings.HEARS_REFERENCE_NEWS:
        return
    with _starting:
        if _listens.get("pid") == os.getpid():
            return
        _listens["pid"] = os.getpid()
        threading.Thread(target=_hear_for_ever, daemon=True, name="reference news").start()


def _hear_for_ever() -> None:
    while True:
        try:
            _hear()
        except psycopg.Error as error:
            log.warning("reference news lost its database: %s", type(error).__name__)
        threading.Event().wait(AFTER_FAULT_SECONDS)


def _read_ahead() -> None:
    """Read what everybody needs, in this thread, so that no visitor of a new process waits for it."""
    try:
        reference_data.read_all(before_seconds=1.5 * LOOK_SECONDS)
    except DatabaseError as error:  # it is read when somebody asks, as ever
        log.warning("reference data could not be read ahead: %s", type(error).__name__)
    finally:
        connections.close_all()


def _hear() -> None:
    """Hear one connection out. Raises what the database raises when it goes."""
    with connect_directly("sala reference news") as connection:
        connection.execute(f"LISTEN {reference_data.CHANNEL}")
        # What changed before the first LISTEN, or while nobody heard, is not told again: so forget first.
        reference_data.forget_all()
        while True:
            _read_ahead()
            if any(True for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1)):
                reference_data.forget_all()
            else:  # a connection that died without a word fails here; what is heard meanwhile, psycopg keeps for us
                connection.execute("SELECT 1")
