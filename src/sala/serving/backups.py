"""Keeps and brings back everything one installation holds, but its keys: the database and people's files."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from sala.commons.ledger import queries as ledger
from sala.platform import database
from sala.platform.connections import connection_parameters

DUMP, FILES, ABOUT = "database.dump", "files", "about.json"
FORMAT = 1

Say = Callable[[str], None]


class Unusable(RuntimeError):
    """A backup that cannot be made or used; the message says why in one sentence."""


def make(target: Path, *, now: datetime, say: Say, is_final: bool = False) -> dict[str, object]:
    """Write a backup into the new folder `target`; returns what is in it.

    The database first, as of one instant, then the files: whatever the database names is among them. A final one
    is of a site that signed its last entry. Raises Unusable; `target` appears only once it is whole.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Unusable(f"{target} is there already; a backup gets a folder of its own")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o700)
    about = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "entries": ledger.count_entries(),
        "is_final": is_final,
    }
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={partial / DUMP}", say=say)
    about["files"] = _copy(settings.MEDIA_ROOT, partial / FILES, say)
    (partial / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    if target.exists():
        target.rmdir()
    partial.rename(target)
    return about


def bring_back(source: Path, *, say: Say) -> dict[str, object]:
    """Load the backup `source` into this installation's empty database and its folder of files.

    The database is loaded in one transaction: whole or not at all. Raises Unusable, also where anything is kept
    already.
    """
    about = read_about(source)
    if connection.introspection.table_names():
        raise Unusable("the database is not empty; make a new one and name it in DATABASE_URL")
    if settings.MEDIA_ROOT.is_dir() and any(settings.MEDIA_ROOT.iterdir()):
        raise Unusable(f"{settings.MEDIA_ROOT} is not empty; move its files away first")
    load_dump(source / DUMP, say=say)
    _copy(source / FILES, settings.MEDIA_ROOT, say)
    return about


def load_dump(dump: Path, *, say: Say) -> None:
    """Load one dump of pg_dump into this database, in one transaction: whole or not at all. Raises Unusable."""
    once = ("--exit-on-error", "--single-transaction")
    _run("pg_restore", "--no-owner", "--no-privileges", *once, str(dump), say=say)


def read_about(source: Path) -> dict[str, object]:
    """What a backup says of itself. Raises Unusable if it is none, or of a later Sala."""
    try:
        about: dict[str, object] = json.loads((source / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Unusable(f"{source} is not a backup of Sala") from None
    if about.get("format") != FORMAT or not (source / DUMP).is_file():
        raise Unusable(f"{source} is incomplete, or made by a later Sala")
    return about


def _copy(source: Path, target: Path, say: Say) -> int:
    count = 0
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.rglob("*")) if source.is_dir() else []:
        if path.is_file():
            there = target / path.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, there)
            count += 1
            say(f"files: {count}")
    return count


def _run(program: str, *arguments: str, say: Say) -> None:
    """Run one of PostgreSQL's programs on this database. The password goes by environment, not by arguments."""
    where = connection_parameters()
    environment = os.environ | {"PGPASSWORD": where.pop("password", "")}
    command = [_find(program), "--verbose", f"--dbname={make_conninfo(**where)}", *arguments]
    last = ""
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as running:
        for line in running.stderr or ():
            last = line.strip().removeprefix(f"{program}: ") or last
            say(last)
    if running.returncode:
        raise Unusable(f"{program}: {last}")


def _find(program: str) -> str:
    """The program of at least the server's version: the embedded server's, or the one in PATH."""
    with psycopg.connect(**connection_parameters()) as server:
        wanted = server.info.server_version // 10_000
    for path in _candidates(program):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        version = next((word for word in said.split() if word[:1].isdigit()), "0")
        if int(version.split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz")) >= wanted:
            return path
    raise Unusable(
        f"no {program} of PostgreSQL {wanted} or newer is there; install postgresql-client-{wanted}"
    )


def _candidates(program: str) -> Iterator[str]:
    if (folder := database.programs()) and (folder / program).exists():
        yield str(folder / program)
    if found := shutil.which(program):
        yield found
