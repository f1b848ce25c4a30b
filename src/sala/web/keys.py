"""The secrets of one installation: made once, kept in a file only its owner reads, never in the code."""

import base64
import os
import secrets
from pathlib import Path

from sala.web.database import home


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


def write_keys(target: Path) -> None:
    """Write a new set of keys to `target` for its owner alone. Raises FileExistsError if it is there."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(f"{name}={value}\n" for name, value in new_keys().items())


def load_keys(source: Path) -> None:
    """Put the keys of `source` into the environment; what is set already stays."""
    for line in source.read_text(encoding="ascii").splitlines():
        name, _, value = line.partition("=")
        if name.strip() and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())
