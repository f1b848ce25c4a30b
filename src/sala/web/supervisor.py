"""Keeps the processes of one machine running: starts them, starts them again when they die, stops them all."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
SHORTEST_LIFE = 2.0
LONGEST_WAIT = 10.0


@dataclass(slots=True)
class Child:
    """One process: its name, its command, and how often it died young."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    died_young: int = 0

    def start(self) -> None:
        """Start it."""
        # The database's own lists then say for which process a connection works.
        environment = {**os.environ, "PGAPPNAME": f"sala {self.name}"}
        self.process = subprocess.Popen(self.command, env=environment, start_new_session=True)
        self.started_at = time.monotonic()

    def wait_before_restart(self) -> float:
        """Seconds until it may be started again; longer each time it dies within its first seconds."""
        lived = time.monotonic() - self.started_at
        self.died_young = self.died_young + 1 if lived < SHORTEST_LIFE else 0
        return min(LONGEST_WAIT, 0.1 * 2**self.died_young) if self.died_young else 0.0


@dataclass(slots=True)
class Supervisor:
    """Runs children until told to stop. `keep_database` is asked at every look that the database is there."""

    children: list[Child]
    keep_database: Callable[[], None]
    _is_stopping: bool = field(default=False)

    def run(self) -> None:
        """Start all and watch them until SIGTERM or SIGINT; then stop them, the last started first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        while not self._is_stopping:
            time.sleep(LOOK_SECONDS)
            self._look()
        for child in reversed(self.children):
            _end(child)

    def _stop(self, *_: object) -> None:
        self._is_stopping = True

    def _look(self) -> None:
        try:
            self.keep_database()
        except Exception:
            log.exception("the database could not be started; trying again")
        for child in self.children:
            if self._is_stopping or child.process is None or child.process.poll() is None:
                continue
            log.warning("%s ended with %s; starting it again", child.name, child.process.returncode)
            time.sleep(child.wait_before_restart())
            child.start()


def _end(child: Child) -> None:
    if child.process is None or child.process.poll() is not None:
        return
    child.process.terminate()
    try:
        child.process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait(5)


def sala_command(*arguments: str) -> list[str]:
    """The command line of another `sala` process with this Python."""
    return [sys.executable, "-m", "sala.web.cli", *arguments]
