"""The log's key and its witnesses, as this installation is configured; and whether a log is this key's."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import psycopg
from django.conf import settings
from django.db import connection

from sala.engines import merkle

SEED_BYTES = 32
# The name of a log that nobody named yet; the doctor refuses it for a real site.
EXAMPLE_ORIGIN = "sala.example/ledger"
FOREIGN = (
    "the newest checkpoint was signed by another key or under another name than this installation has;"
    " bring back the SALA_LEDGER_KEY and SALA_LEDGER_ORIGIN that the ledger was made with"
)


@dataclass(frozen=True, slots=True)
class WitnessAddress:
    """A witness that is asked to cosign: its public key and the address its protocol lives at."""

    key: merkle.VerifierKey
    url: str


def log_signer(epoch: str | None = None) -> merkle.Signer:
    """The log's signer: LEDGER_KEY is the base64 of a 32-byte Ed25519 seed, LEDGER_ORIGIN the log's name.

    `epoch` is what a restore added to the name; None looks it up. Raises ValueError if the key has another form.
    """
    if epoch is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT epoch FROM ledger_head WHERE id = 1")
            row = cursor.fetchone()
        epoch = row[0] if row else ""
    return make_signer(settings.LEDGER_ORIGIN + epoch, settings.LEDGER_KEY)


@cache
def make_signer(origin: str, key: str) -> merkle.Signer:
    """A signer from a configured key. Raises ValueError if the key has another form."""
    try:
        seed = base64.b64decode(key, validate=True)
    except binascii.Error:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise ValueError("SALA_LEDGER_KEY must be the base64 of 32 bytes")
    return merkle.Signer(origin, seed)


def log_key() -> merkle.VerifierKey:
    """The public key that everybody checks the log with."""
    return log_signer().public


def new_epoch(at: datetime) -> str:
    """What the name of a log gets from a restore: never the same twice, also when one backup is restored twice."""
    return f"/restored-{at.astimezone(UTC):%Y-%m-%d}-{secrets.token_hex(8)}"


def is_own(note: str, *, origin: str, key: str) -> bool:
    """Whether this key signed a checkpoint, under this name or under one that a restore made of it.

    Raises ValueError if the key has another form.
    """
    try:
        found = merkle.parse_checkpoint(merkle.parse_note(note).text).origin
        merkle.open_checkpoint(note, make_signer(found, key).public)
    except merkle.BadNote:
        return False
    return found == origin or found.startswith(f"{origin}/restored-")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database holds of a ledger: whether there is any entry, and the newest checkpoint ("" for none)."""

    has_entries: bool
    checkpoint: str


def look_at(url: str) -> Standing:
    """What the database at an address holds of a ledger; asked before any key is made and before Django starts.

    Raises psycopg.OperationalError if it does not answer.
    """
    with psycopg.connect(url, connect_timeout=10) as asking:
        found = asking.execute("SELECT to_regclass('ledger_entry'), to_regclass('ledger_head')").fetchone()
        if found is None or None in found:
            return Standing(has_entries=False, checkpoint="")
        has_entries = asking.execute("SELECT EXISTS (SELECT 1 FROM ledger_entry)").fetchone()
        head = asking.execute("SELECT checkpoint FROM ledger_head WHERE id = 1").fetchone()
    return Standing(bool(has_entries and has_entries[0]), head[0] if head else "")


def witnesses() -> list[WitnessAddress]:
    """The configured witnesses: SALA_LEDGER_WITNESSES is "key address", several separated by semicolons.

    Raises ValueError for a malformed key or a line without an address.
    """
    found = []
    for line in settings.LEDGER_WITNESSES.split(";"):
        if line.strip():
            key, _, url = line.strip().partition(" ")
            if not url.strip().startswith(("http://", "https://")):
                raise ValueError("a witness needs its public key, a space and its http(s) address")
            found.append(WitnessAddress(merkle.parse_verifier_key(key), url.strip().rstrip("/")))
    return found
