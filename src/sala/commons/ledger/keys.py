"""The log's key and its witnesses, as this installation is configured."""

import base64
import binascii
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from sala.engines import merkle

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class WitnessAddress:
    """A witness that is asked to cosign: its public key and the address its protocol lives at."""

    key: merkle.VerifierKey
    url: str


def log_signer() -> merkle.Signer:
    """The log's signer: LEDGER_KEY is the base64 of a 32-byte Ed25519 seed, LEDGER_ORIGIN the log's name.

    Raises ValueError if the key has another form.
    """
    return _signer(settings.LEDGER_ORIGIN, settings.LEDGER_KEY)


@cache
def _signer(origin: str, key: str) -> merkle.Signer:
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
