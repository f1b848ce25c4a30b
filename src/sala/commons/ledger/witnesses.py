"""The log's side of witnessing: submit the newest checkpoint, publish it with the cosignatures that came back."""

import logging
import threading
from dataclasses import dataclass

import httpx
import psycopg
from django.db import DatabaseError, connection
from prometheus_client import Counter

from sala.commons.ledger import keys, queries, sequencer
from sala.commons.ledger.connections import connect_directly
from sala.commons.ledger.keys import WitnessAddress
from sala.commons.ledger.models import Head, Witness
from sala.core import clock
from sala.engines import merkle

log = logging.getLogger(__name__)

LOCK = sequencer.LOCK + 1
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 5.0
COSIGNED = Counter("sala_ledger_cosignatures", "Cosignatures received", ["witness"])
REFUSED = Counter("sala_ledger_cosignatures_refused", "Cosignatures refused or not received", ["witness"])

# Only forward: what was published once is never taken back.
_PUBLISH = """
UPDATE ledger_head SET published = %(note)s, published_size = %(size)s,
    published_at = %(now)s, waiting_since = %(now)s
WHERE id = 1 AND published_size <= %(size)s
"""


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """A witness did not cosign; `reason` is for the operator of the log."""

    reason: str


def submit_once(client: httpx.Client) -> int:
    """Ask every configured witness to cosign the newest checkpoint; returns how many did.

    The checkpoint is published with their lines if at least one did, and without any once entries wait for the
    sequencer's HOLD_SECONDS: witnesses that are away must not make the log stand still.
    """
    note = Head.objects.values_list("checkpoint", flat=True).first()
    if not note:
        return 0
    lines = []
    for witness in keys.witnesses():
        try:
            lines.append(_ask(client, witness, note))
            COSIGNED.labels(witness.key.name).inc()
        except (Refusal, httpx.HTTPError) as error:
            REFUSED.labels(witness.key.name).inc()
            log.warning("witness %s did not cosign: %s", witness.key.name, error)
    with connection.cursor() as cursor:
        if lines:
            size = merkle.parse_checkpoint(merkle.parse_note(note).text).size
            cursor.execute(_PUBLISH, {"note": note + "".join(lines), "size": size, "now": clock.now()})
        else:
            sequencer.publish(cursor.cursor, at_once=False)
    return len(lines)


def run(stop: threading.Event) -> None:
    """Submit checkpoints until `stop` is set; of many processes one does it. Without witnesses it returns."""
    while keys.witnesses() and not stop.is_set():
        try:
            with (
                connect_directly("sala witnessing") as office,
                httpx.Client(timeout=TIMEOUT_SECONDS) as client,
            ):
                _serve(office, client, stop)
        except (psycopg.OperationalError, DatabaseError) as error:
            log.warning("witnessing lost its database: %s", type(error).__name__)
            connection.close()
            stop.wait(PAUSE_SECONDS)


def _serve(office: psycopg.Connection[object], client: httpx.Client, stop: threading.Event) -> None:
    while not stop.is_set():
        row = office.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        if row == (True,):
            submitted = ""
            while not stop.is_set():
                office.execute("SELECT 1")
                submitted = _submit_news(client, submitted)
                stop.wait(PAUSE_SECONDS)
        stop.wait(PAUSE_SECONDS)


def _submit_news(client: httpx.Client, submitted: str) -> str:
    """Submit the newest checkpoint unless it is the one that was cosigned last; returns which one that is now."""
    newest = Head.objects.values_list("checkpoint", flat=True).first() or ""
    return newest if newest != submitted and submit_once(client) else submitted


def _ask(client: httpx.Client, witness: WitnessAddress, note: str) -> str:
    """One witness's cosignature line. Raises Refusal, or httpx.HTTPError if it cannot be reached."""
    state, _ = Witness.objects.get_or_create(name=witness.key.name)
    checkpoint = merkle.parse_checkpoint(merkle.parse_note(note).text)
    answer = _post(client, witness, note, old=min(state.size, checkpoint.size))
    if answer.status_code == httpx.codes.CONFLICT and answer.text.strip().isdecimal():
        known = int(answer.text)
        if known > checkpoint.size:
            raise Refusal(
                f"it has seen {known} entries of this log, more than there are: was the log set back?"
            )
        answer = _post(client, witness, note, old=known)
    if answer.status_code != httpx.codes.OK:
        raise Refusal(f"status {answer.status_code}")
    line = _trusted_line(witness, note, answer.text)
    Witness.objects.filter(name=witness.key.name).update(size=checkpoint.size, cosigned_at=clock.now())
    return line


def _post(client: httpx.Client, witness: WitnessAddress, note: str, *, old: int) -> httpx.Response:
    size = merkle.parse_checkpoint(merkle.parse_note(note).text).size
    body = merkle.write_request(old=old, proof=queries.prove_growth(old, size), checkpoint=note)
    return client.post(f"{witness.url}/add-checkpoint", content=body)


def _trusted_line(witness: WitnessAddress, note: str, answer: str) -> str:
    """The line of the answer that really is this witness's cosignature of this checkpoint."""
    try:
        for line in merkle.signature_lines(answer):
            text = note + line
            if f"\u2014 {witness.key.name} " in line and merkle.verify_note(
                merkle.parse_note(text), [witness.key]
            ):
                return line
    except merkle.BadNote as error:
        raise Refusal(str(error)) from None
    raise Refusal("its answer holds no cosignature of its own")
