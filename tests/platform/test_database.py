"""The embedded PostgreSQL: where its socket may lie, whose folder it serves, what a killed one leaves, who stops it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from psycopg_pool import pool

from sala.platform import database


@pytest.mark.parametrize(
    ("folder", "can"),
    [
        ("/home/nok/sala/var/postgres", True),
        ("/home/nok/ศาลา/var/postgres", True),
        ("/home/nok/my files/sala/var/postgres", False),
        ("/home/nok/it's/var/postgres", False),
        ("/" + "ยาว/" * 40, False),
    ],
)
def test_a_socket_lies_where_the_server_and_the_system_can_name_it(folder: str, can: bool) -> None:
    assert database._can_hold_a_socket(Path(folder) / ".s.PGSQL.5432") is can


# ── whose folder ─────────────────────────────────────────────────────────────

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")


@AS_ROOT
def test_a_folder_of_another_user_is_said_so_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    os.chown(folder, 12_345, 12_345)
    with pytest.raises(database.CannotStart, match=r"belongs to the user 12345.*SALA_HOME"):
        database.start_embedded(folder)
    assert folder.stat().st_uid == 12_345


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir(mode=0o700)
    (folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(database.CannotStart, match="version"):
        database.start_embedded(folder)


@AS_ROOT
def test_every_command_ends_with_that_sentence_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    os.chown(tmp_path / "postgres", 12_345, 12_345)
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SALA_HOME")}
    for command in (["migrate"], ["serve", "--port", "0"], ["doctor"], ["manage", "check"]):
        done = subprocess.run(
            [sys.executable, "-m", "sala.cli", *command],
            env=kept | {"SALA_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode in (1, 2), command
        assert "belongs to the user 12345" in done.stderr
        assert "Traceback" not in done.stderr


# ── what a killed one leaves ─────────────────────────────────────────────────


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[Path]:
    """The folder of a server whose first process is dead, and nobody has asked yet how it ended."""
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    dead = psutil.Process(process.pid)
    while dead.status() != psutil.STATUS_ZOMBIE:
        pass
    sockets = tmp_path / "sockets"
    sockets.mkdir()
    lines = [process.pid, tmp_path, 1, 5432, sockets, "", "1 1", "ready"]
    (tmp_path / "postmaster.pid").write_text("\n".join(map(str, lines)) + "\n")
    (sockets / ".s.PGSQL.5432.lock").write_text(f"{process.pid}\n")
    yield tmp_path
    process.wait()


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads the system's list of processes")


@ON_LINUX
def test_a_dead_process_is_not_taken_for_a_server_and_nothing_waits_for_it(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(database.time, "sleep", waits.append)
    database._clear_away_the_killed(killed)
    assert waits == []
    assert not (killed / "postmaster.pid").exists()
    assert not (killed / "sockets" / ".s.PGSQL.5432.lock").exists()


@ON_LINUX
def test_a_process_that_still_works_in_the_folder_is_waited_for(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = subprocess.Popen([sys.executable, "-c", "input()"], cwd=killed, stdin=subprocess.PIPE)
    waits: list[float] = []

    def end_after_three(seconds: float) -> None:
        waits.append(seconds)
        assert (killed / "postmaster.pid").exists()
        if len(waits) == 3:
            last.kill()
            last.wait()

    monkeypatch.setattr(database.time, "sleep", end_after_three)
    database._clear_away_the_killed(killed)
    assert len(waits) == 3
    assert not (killed / "postmaster.pid").exists()


@ON_LINUX
def test_files_of_another_process_are_left_alone(killed: Path) -> None:
    lock = killed / "sockets" / ".s.PGSQL.5432.lock"
    lock.write_text("1\n")
    database._clear_away_the_killed(killed)
    assert lock.exists()


def test_a_lost_connection_is_tried_again_in_tenths_of_a_second_and_never_rarer_than_every_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SALA_DB_POOL", "4")
    database.django_database("postgresql:///sala")
    attempt = pool.AttemptWithBackoff(timeout=300)  # type: ignore[attr-defined]  # what the pool itself uses
    now, delays = 0.0, []
    while now < 60:
        attempt.update_delay(now)
        delays.append(attempt.delay)
        now += attempt.delay
    assert sum(delays[:4]) < 2
    assert max(delays) <= database.LONGEST_RETRY
    assert not attempt.time_to_give_up(now)


# ── who stops it ─────────────────────────────────────────────────────────────

USE = """
import sys
from sala.platform import database
with database.stopping_at_the_end():
    database.stop_embedded = lambda folder: print("stopped", folder.name, flush=True)
    print("used", flush=True)
    sys.stdin.readline()
"""


Site = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Start processes that use the embedded server of one home."""
    started = []
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", USE],
            env=kept | {"SALA_HOME": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "used\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_whoever_uses_the_server_last_stops_it_whoever_started_it(site: Site) -> None:
    first, second = site(), site()
    assert second.communicate("\n")[0] == "", "the first still uses it"
    assert first.communicate("\n")[0] == "stopped postgres\n"


def test_after_a_killed_site_the_next_clean_stop_stops_its_server(site: Site) -> None:
    killed = site()
    killed.kill()
    killed.wait()
    assert site().communicate("\n")[0] == "stopped postgres\n"
