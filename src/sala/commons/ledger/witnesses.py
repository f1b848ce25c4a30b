"""The log's side of witnessing: submit the newest checkpoint, publish it with the cosignatures that came back."""

import logging
import threading
from dataclasses import dataclass

import httpx
import psycopg
from django.db import DatabaseError, connection
from prometheus_client import Counter

from sala.commons.ledger import keys, queries, sequencer
from sala.commons.ledger.keys import WitnessAddress
from sala.commons.ledger.models import Head, Witness
from sala.core import clock
from sala.engines import merkle
from sala.platform.connections import connect_directly

log = logging.getLogger(__name__)

# C2SP tlog-witness v1.0.0, what an answer that is not 200 means.
WHY = {
    403: "it knows the log by another key",
    404: "it does not know the log by this name; give its operator the log's public key",
    409: "it cosigned another history of this size: the log signed two",
    422: "what it cosigned before is not the beginning of this log: the log signed two histories",
}

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
    """A witness did not cosign; `reason` is for the operator of the log, `seen` how many entries it says it saw."""

    reason: str
    seen: int | None = None


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
        name = witness.key.name
        try:
            lines.append(_ask(client, witness, note))
            COSIGNED.labels(name).inc()
        except Refusal as refusal:
            REFUSED.labels(name).inc()
            log.error("witness %s did not cosign: %s", name, refusal.reason)
            # Kept in the table, since doctor, /readyz and /metrics are other processes.
            Witness.objects.filter(name=name).update(
                refusal=refusal.reason[:500], refused_at=clock.now(), seen_size=refusal.seen
            )
        except httpx.HTTPError as error:
            REFUSED.labels(name).inc()
            log.warning("witness %s did not cosign, it cannot be reached: %s", name, type(error).__name__)
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
                f"it has seen {known} entries of this log, more than there are: was the log set back?", known
            )
        answer = _post(client, witness, note, old=known)
    if answer.status_code != httpx.codes.OK:
        raise Refusal(WHY.get(answer.status_code, f"status {answer.status_code}"), _seen(answer, checkpoint))
    line = _trusted_line(witness, note, answer.text)
    Witness.objects.filter(name=witness.key.name).update(
        size=checkpoint.size, cosigned_at=clock.now(), refusal="", refused_at=None, seen_size=None
    )
    return line


def _post(client: httpx.Client, witness: WitnessAddress, note: str, *, old: int) -> httpx.Response:
    size = merkle.parse_checkpoint(merkle.parse_note(note).text).size
    body = merkle.write_request(old=old, proof=queries.prove_growth(old, size), checkpoint=note)
    return client.post(f"{witness.url}/add-checkpoint", content=body)


def _seen(answer: httpx.Response, checkpoint: merkle.Checkpoint) -> int | None:
    """How many entries the witness stands by, where its refusal says that the log contradicts itself."""
    text = answer.text.strip()
    if answer.status_code == httpx.codes.CONFLICT and text.isascii() and text.isdecimal():
        return int(text[:18])
    return checkpoint.size if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY else None


def ask_sizes(client: httpx.Client) -> dict[str, int | None]:
    """How many entries of this log each configured witness has seen; None for one that does not say.

    Asked by offering the newest checkpoint once more: a witness that saw more answers with its own size.
    """
    found: dict[str, int | None] = {}
    note = Head.objects.values_list("checkpoint", flat=True).first() or ""
    for witness in keys.witnesses() if note else []:
        size = merkle.parse_checkpoint(merkle.parse_note(note).text).size
        try:
            answer = _post(client, witness, note, old=size)
        except httpx.HTTPError:
            found[witness.key.name] = None
            continue
        told = answer.text.strip()
        is_size = answer.status_code == httpx.codes.CONFLICT and told.isascii() and told.isdecimal()
        known = size if answer.status_code == httpx.codes.OK else None
        found[witness.key.name] = int(told[:18]) if is_size else known
    return found


@dataclass(frozen=True, slots=True)
class WitnessState:
    """A configured witness as it stands: what it last cosigned, and why it last refused ("" if it did not)."""

    name: str
    size: int
    refusal: str
    is_contradiction: bool


def list_states() -> list[WitnessState]:
    """Every configured witness, by name. A contradiction is one that saw another or a longer log than ours."""
    rows = {row.name: row for row in Witness.objects.all()}
    names = sorted(witness.key.name for witness in keys.witnesses())
    return [
        WitnessState(name, row.size, row.refusal, row.seen_size is not None)
        for name, row in ((name, rows.get(name) or Witness(name=name, refusal="")) for name in names)
    ]


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
