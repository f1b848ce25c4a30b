"""The secrets of one installation: made once, kept in a file only its owner reads, never in the code."""

import base64
import os
import secrets
from pathlib import Path

from sala.platform.database import home

NAMES = ("SALA_SECRET_KEY", "SALA_DATA_KEYS", "SALA_DIGEST_KEY", "SALA_LEDGER_KEY")


class Unreadable(RuntimeError):
    """The keys file is there and cannot be read; the message says why in one sentence."""


def new_keys() -> dict[str, str]:
    """A fresh set: Django's secret, the data-at-rest key, the digest key, the ledger's Ed25519 seed."""
    return {
        "SALA_SECRET_KEY": secrets.token_urlsafe(48),
        "SALA_DATA_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "SALA_DIGEST_KEY": secrets.token_urlsafe(48),
        "SALA_LEDGER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


def keys_file() -> Path:
    """Where this machine keeps its keys."""
    return home() / "keys.env"


def list_missing() -> list[str]:
    """The keys that are not in the environment, by name."""
    return [name for name in NAMES if not os.environ.get(name)]


def write_keys(target: Path) -> None:
    """Write a new set of keys to `target` for its owner alone. Raises FileExistsError if it is there.

    Whole or not at all: half a set, left by a full disk, would be taken for the keys of this installation.
    """
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{name}={value}\n" for name, value in new_keys().items())
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, target)  # unlike a rename, it never replaces what is there
    finally:
        fresh.unlink()


def load_keys(source: Path) -> None:
    """Put the keys of `source` into the environment; what is set already stays. Raises Unreadable."""
    try:
        lines = source.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise Unreadable(f"The keys in {source} cannot be read: {why}.") from None
    for line in lines:
        name, _, value = line.partition("=")
        if name.strip() and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())
