"""Kills every process in turn during a load of filings and signatures: nothing that was answered may be lost.

`make chaos`. Each victim gets SIGKILL while people file and sign; then the site must come back by itself, file and
sequence again. At the end every answered reference and signature must be there exactly once, in tables and ledger,
and signatures must be counted exactly. Exit 1 if not.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg
import running_site
import signers
from load import keep_asking, request_of

CONNECTIONS = 4
SIGNERS = 60_000
FIRST_SIGNER = 1_000_000_000
PAUSE_SECONDS = 0.01
LONGEST_SECONDS = 45.0
CHECKS = {
    "answered, and not there exactly once": """
        SELECT count(*) FROM answered WHERE (SELECT count(*) FROM matters_matter m
            JOIN complaints_complaint ON matter_id = m.id WHERE m.reference = answered.reference) <> 1""",
    "answered, and not exactly one entry with a position": """
        SELECT count(*) FROM answered WHERE (SELECT count(*) FROM ledger_entry e JOIN ledger_leaf l ON l.entry_id = e.id
            WHERE e.matter = answered.reference AND e.kind = 'complaint.filed') <> 1""",
    "filed without an entry, or the other way round": """
        SELECT count(*) FROM matters_matter m FULL JOIN (SELECT * FROM ledger_entry WHERE kind = 'complaint.filed') e
            ON e.matter = m.reference WHERE m.id IS NULL OR e.id IS NULL""",
    "positions left out": "SELECT coalesce(max(position) + 1, 0) - count(*) FROM ledger_leaf",
    "entries without a position": """
        SELECT count(*) FROM ledger_entry e WHERE NOT EXISTS (SELECT 1 FROM ledger_leaf WHERE entry_id = e.id)""",
}

# The same of signatures; whoever was answered is in the table `signed` by their mark.
SIGNATURES = {
    "signed and answered, and not there exactly once": """
        SELECT count(*) FROM signed WHERE (SELECT count(*) FROM participation_signature s
            WHERE s.mark = signed.mark AND s.withdrawn_at IS NULL) <> 1""",
    "people who signed twice": """
        SELECT count(*) - count(DISTINCT (collection_id, mark)) FROM participation_signature""",
    "signatures without exactly one entry with a position": """
        SELECT count(*) FROM participation_signature s WHERE (SELECT count(*) FROM ledger_entry e
            JOIN ledger_leaf l ON l.entry_id = e.id
            WHERE e.id = s.entry_id AND e.kind = 'participation.signed') <> 1""",
    "entries of signatures that are not there": """
        SELECT count(*) FROM ledger_entry e WHERE kind = 'participation.signed'
            AND NOT EXISTS (SELECT 1 FROM participation_signature s WHERE s.entry_id = e.id)""",
    "collections that are not counted exactly": """
        SELECT count(*) FROM participation_collection c WHERE (SELECT count(*) FROM participation_signature s
            WHERE s.collection_id = c.id) <> counted + coalesce((SELECT sum(difference) FROM participation_change g
            WHERE g.collection_id = c.id), 0)""",
}


class Signings:
    """More load: people sign, each until they are answered or given up after a lost answer."""

    def __init__(self, port: int, reference: str, sessions: list[str]) -> None:
        self.answered: list[int] = []
        self.unanswered = 0
        self._requests = enumerate(signers.posts(reference, sessions))
        self._is_over = False
        self._port = port
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._is_over = True
        self._thread.join()

    async def _run(self) -> None:
        await asyncio.gather(*(self._one() for _ in range(CONNECTIONS)))

    async def _one(self) -> None:
        again: tuple[int, bytes] | None = None
        while not self._is_over:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                try:
                    while not self._is_over:
                        person, request = again or next(self._requests)
                        # Every other one whose answer was lost tries again; the rest never learn of it.
                        again = (person, request) if again is None and person % 2 else None
                        self.unanswered += 1
                        writer.write(request)
                        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
                        if b"signed=yes" in head or b"signed=already_joined" in head:
                            self.answered.append(person)
                            self.unanswered -= 1
                        again = None
                        await asyncio.sleep(PAUSE_SECONDS)
                finally:
                    writer.close()
            await asyncio.sleep(0.02)


class Filings:
    """The load: files without end from a thread of its own, and remembers every answer."""

    def __init__(self, port: int) -> None:
        self.references: list[str] = []
        self.unanswered = 0
        self.answered_at = 0.0
        self._end = time.monotonic() + 3600
        self._port = port
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end = 0.0
        self._thread.join()

    def _run(self) -> None:
        request = request_of("/open311/v2/requests.json", body=urlencode(running_site.FILING))
        self.unanswered = asyncio.run(
            keep_asking(
                self._port,
                repeat(request),
                connections=CONNECTIONS,
                is_over=lambda: time.monotonic() > self._end,
                answered=self._keep,
            )
        )

    def _keep(self, status: int, body: bytes, _took: float) -> None:
        if status == 201:
            self.references.append(json.loads(body)[0]["service_request_id"])
            self.answered_at = time.monotonic()


class Site:
    """The running site's processes, by what they do."""

    def __init__(self, supervisor: subprocess.Popen[bytes], folder: Path) -> None:
        self.supervisor = supervisor
        self._pid_file = folder / "postgres" / "postmaster.pid"

    def named(self, word: str) -> list[psutil.Process]:
        """The supervisor's children whose name has the word."""
        children = psutil.Process(self.supervisor.pid).children()
        return [child for child in children if word in child.name()]

    def pages(self) -> list[psutil.Process]:
        return [process for site in self.named("site") for process in site.children()]

    def postmaster(self) -> list[psutil.Process]:
        return [psutil.Process(int(self._pid_file.read_text().split()[0]))]

    def backends(self) -> list[psutil.Process]:
        found = self.postmaster()[0].children()
        return [process for process in found if " sala " in " ".join(process.cmdline())]

    def everything(self) -> list[psutil.Process]:
        """All of it at once, as when the power fails; the supervisor does not come back by itself."""
        mine = psutil.Process(self.supervisor.pid)
        return [mine, *mine.children(recursive=True), *self.postmaster(), *self.backends()]


def kill(victims: list[psutil.Process]) -> int:
    """SIGKILL; returns how many were there."""
    gone = 0
    for victim in victims:
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.kill()
            gone += 1
    return gone


def size_of_log() -> int:
    """How many entries have a position; -1 while the database cannot be asked."""
    with (
        contextlib.suppress(psycopg.Error),
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=2) as connection,
    ):
        row = connection.execute("SELECT size FROM ledger_head").fetchone()
        return row[0] if row else 0
    return -1


def wait_for(what: str, is_so: Callable[[], bool]) -> float:
    """Seconds until it is so. Raises TimeoutError."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > LONGEST_SECONDS:
            raise TimeoutError(f"{what}: not within {LONGEST_SECONDS:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - begun


def strike(name: str, find: Callable[[], list[psutil.Process]], filings: Filings) -> None:
    """Kill, wait until filings are answered and sequenced again, print a line."""
    begun, before = time.monotonic(), len(filings.references)
    count = kill(find())
    back = wait_for(f"{name}: filings", lambda: filings.answered_at > begun + 0.5)
    size = wait_for("database", lambda: size_of_log() >= 0) and size_of_log()
    placed = wait_for(f"{name}: ledger", lambda: size_of_log() > max(size, 0))
    print(
        f"| {name} | {count} | {back:.1f} s | {back + placed:.1f} s | {len(filings.references) - before} |",
        flush=True,
    )


def check(references: list[str], port: int) -> dict[str, int]:
    """What is wrong, by what it is; all zero if nothing is."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("CREATE TEMPORARY TABLE answered (reference text)")
        with connection.cursor().copy("COPY answered FROM STDIN") as copy:
            for reference in references:
                copy.write_row((reference,))
        faults = {words: connection.execute(sql).fetchone()[0] for words, sql in CHECKS.items()}
    faults["references answered twice"] = len(references) - len(set(references))
    key = _sala("ledger", "key").stdout.split()[-1]
    verified = _sala("ledger", "verify", f"http://127.0.0.1:{port}", "--key", key)
    print((verified.stdout + verified.stderr).strip())
    faults["sala ledger verify ended with"] = verified.returncode
    return faults


def check_signatures(people: list[int], reference: str) -> dict[str, int]:
    """What is wrong with signatures, by what it is; all zero if nothing is."""
    from sala.commons.participation import queries

    marks = [
        queries.mark_of(signers.PURPOSE, reference, f"person {FIRST_SIGNER + person}") for person in people
    ]
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("CREATE TEMPORARY TABLE signed (mark bytea)")
        with connection.cursor().copy("COPY signed FROM STDIN") as copy:
            for mark in marks:
                copy.write_row((mark,))
        # Marks alone find nothing quickly: the unique index begins with the collection.
        connection.execute("CREATE INDEX ON participation_signature (mark)")
        return {words: connection.execute(sql).fetchone()[0] for words, sql in SIGNATURES.items()}


def _sala(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sala.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(running_site.ROOT / "src")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


# One of each, for `--short`: what the tests run on every change.
SHORT = ("all processes of pages", "worker", "sequencer", "PostgreSQL's first process")


def storm(folder: Path, *, rounds: int, between: float, only: tuple[str, ...] = ()) -> dict[str, int]:
    """Run the load, kill everything (or `only` these) in turn; returns the faults."""
    port = running_site.free_port()
    _, signed_for = signers.gather("chaos")
    signings = Signings(port, signed_for, signers.make_sessions(SIGNERS, first=FIRST_SIGNER))
    with running_site.serving(port=port) as (_, supervisor):
        site, filings = Site(supervisor, folder), Filings(port)
        victims: dict[str, Callable[[], list[psutil.Process]]] = {
            "one process of pages": lambda: site.pages()[:1],
            "all processes of pages": site.pages,
            "the server of pages": lambda: site.named("site") + site.pages(),
            "worker": lambda: site.named("worker"),
            "sequencer": lambda: site.named("sequencer"),
            "a database backend": lambda: site.backends()[:1],
            "PostgreSQL's first process": site.postmaster,
            "PostgreSQL, every process": lambda: site.postmaster() + site.backends(),
        }
        filings.start()
        signings.start()
        try:
            wait_for("first filing", lambda: filings.answered_at > 0)
            for _ in range(rounds):
                for name in only or victims:
                    time.sleep(between)
                    strike(name, victims[name], filings)
            kill(site.everything())
            supervisor.wait()
        except BaseException:
            filings.stop()
            signings.stop()
            raise
    began = time.monotonic()
    try:
        with running_site.serving(port=port) as (_, _supervisor):
            wait_for("filings", lambda: filings.answered_at > began)
            words = f"{time.monotonic() - began:.1f} s"
            print(f"| everything at once, then `sala serve` again | all | {words} | | |", flush=True)
            time.sleep(between)
            filings.stop()
            signings.stop()
            count = "SELECT count(*) FROM ledger_entry"
            with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
                entries = connection.execute(count).fetchone()[0]
            wait_for("the last entries", lambda: size_of_log() >= entries)
            print(f"\n{len(filings.references):,} filings answered, {filings.unanswered:,} got no answer.")
            signed = len(signings.answered)
            print(f"{signed:,} signatures answered, {signings.unanswered:,} got no answer.")
            return check(filings.references, port) | check_signatures(signings.answered, signed_for)
    finally:
        filings.stop()
        signings.stop()


def main() -> int:
    """Print the table; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--between", type=float, default=1.5, help="seconds of load before each kill")
    options.add_argument("--short", action="store_true", help="one kill each, as the tests do")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = running_site.prepare()
    try:
        print(
            "| killed with -9 | processes | files again after | sequences again after | answered meanwhile |"
        )
        print("|---|--:|--:|--:|--:|", flush=True)
        faults = storm(
            folder, rounds=chosen.rounds, between=chosen.between, only=SHORT if chosen.short else ()
        )
    finally:
        running_site.clear_away(folder)
    for words, count in faults.items():
        print(f"{'ok  ' if not count else 'LOST'} {words}: {count}")
    return int(any(faults.values()))


if __name__ == "__main__":
    sys.exit(main())
