"""Keys and a ledger belong together: none are made over one, and no command works on one with another's keys."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from sala.commons.ledger import keys as ledger
from sala.engines import merkle
from sala.platform import keys
from sala.platform.connections import connection_parameters

pytestmark = pytest.mark.req("TRU-2")
# What every command reads before anything else; the rest of the tables has no say in it.
TABLES = """
CREATE TABLE ledger_entry (id bigint PRIMARY KEY);
CREATE TABLE ledger_head (id smallint PRIMARY KEY, checkpoint text NOT NULL DEFAULT '', epoch text DEFAULT '');
"""
ORIGIN = "own.sala.example/log"


@pytest.fixture(scope="module")
def address(django_db_blocker: object) -> Iterator[str]:
    """A database of its own with the ledger's tables, empty."""
    name = f"keys_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's
        server = connection_parameters() | {"dbname": "postgres"}
        connection.close()
    with psycopg.connect(**server, autocommit=True) as office:
        office.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8'")
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        with psycopg.connect(url, autocommit=True) as fresh:
            fresh.execute(TABLES)
        yield url
        office.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def holding(address: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection to put entries and a checkpoint there; both are gone after the test."""
    with psycopg.connect(address, autocommit=True) as database:
        yield database
        database.execute("TRUNCATE ledger_entry, ledger_head")


def sala(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SALA_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "sala.cli", *command],
        env=kept | {"SALA_HOME": str(home), "SALA_LEDGER_ORIGIN": ORIGIN} | more,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


COMMANDS = (
    ["migrate"],
    ["worker"],
    ["sequencer"],
    ["web"],
    ["seed"],
    ["manage", "check"],
    ["backup", "there"],
    ["doctor"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_no_command_makes_keys_over_a_ledger(
    address: str, holding: "psycopg.Connection[object]", tmp_path: Path, command: list[str]
) -> None:
    holding.execute("INSERT INTO ledger_entry VALUES (1)")
    done = sala(tmp_path, *command, DATABASE_URL=address)
    assert done.returncode in (1, 2)
    assert "holds a ledger, and its keys are not here" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "keys.env").exists()


def test_no_command_makes_keys_while_nobody_can_say_whether_there_is_a_ledger(tmp_path: Path) -> None:
    done = sala(tmp_path, "migrate", DATABASE_URL="postgresql://127.0.0.1:1/nothing")
    assert (done.returncode, "nobody knows" in done.stderr) == (2, True)
    assert not (tmp_path / "keys.env").exists()


def test_a_part_of_a_set_is_never_completed_by_new_keys(address: str, tmp_path: Path) -> None:
    (tmp_path / "keys.env").write_text("SALA_SECRET_KEY=x\nSALA_DATA_KEYS=y\n")
    done = sala(tmp_path, "migrate", DATABASE_URL=address)
    assert (done.returncode, "SALA_DIGEST_KEY, SALA_LEDGER_KEY not set" in done.stderr) == (2, True)
    assert (tmp_path / "keys.env").read_text() == "SALA_SECRET_KEY=x\nSALA_DATA_KEYS=y\n"


@pytest.fixture
def set_of_keys(tmp_path: Path) -> dict[str, str]:
    keys.write_keys(tmp_path / "keys.env")
    lines = (tmp_path / "keys.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def sign(by: str, origin: str = ORIGIN) -> str:
    return merkle.sign_checkpoint(
        merkle.Checkpoint(origin, 0, merkle.EMPTY_ROOT), ledger.make_signer(origin, by)
    )


@pytest.mark.parametrize("command", [["seed"], ["sequencer"], ["backup", "there"]], ids=lambda c: c[0])
def test_no_command_works_on_a_ledger_of_another_key(
    address: str,
    holding: "psycopg.Connection[object]",
    tmp_path: Path,
    set_of_keys: dict[str, str],
    command: list[str],
) -> None:
    other = keys.new_keys()["SALA_LEDGER_KEY"]
    holding.execute("INSERT INTO ledger_entry VALUES (1)")
    holding.execute("INSERT INTO ledger_head VALUES (1, %s)", [sign(other)])
    done = sala(tmp_path, *command, DATABASE_URL=address)
    assert done.returncode == 2
    assert "signed by another key" in done.stderr
    assert "SALA_LEDGER_KEY" in done.stderr
    assert set_of_keys["SALA_LEDGER_KEY"] in (tmp_path / "keys.env").read_text()


def test_own_keys_are_let_through(
    address: str, holding: "psycopg.Connection[object]", tmp_path: Path, set_of_keys: dict[str, str]
) -> None:
    holding.execute("INSERT INTO ledger_entry VALUES (1)")
    for origin in (ORIGIN, f"{ORIGIN}/restored-2026-11-30-0011223344556677"):
        holding.execute("TRUNCATE ledger_head")
        holding.execute(
            "INSERT INTO ledger_head VALUES (1, %s)", [sign(set_of_keys["SALA_LEDGER_KEY"], origin)]
        )
        done = sala(tmp_path, "manage", "check", DATABASE_URL=address)
        assert done.returncode == 0, done.stderr


def test_a_key_that_cannot_be_one_is_said_so(
    address: str, holding: "psycopg.Connection[object]", tmp_path: Path, set_of_keys: dict[str, str]
) -> None:
    holding.execute("INSERT INTO ledger_head VALUES (1, %s)", [sign(set_of_keys["SALA_LEDGER_KEY"])])
    done = sala(tmp_path, "seed", DATABASE_URL=address, SALA_LEDGER_KEY="short")
    assert (done.returncode, "base64 of 32 bytes" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
