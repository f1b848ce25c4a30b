"""Keeps the processes of one machine running: forks them, forks them again when they die, stops them all."""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.context import ForkProcess

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
SHORTEST_LIFE = 2.0
LONGEST_WAIT = 10.0

_FORK = multiprocessing.get_context("fork")
# Linux' prctl(2): which signal a process gets when its parent ends, and the name `ps` shows.
_SIGNAL_AT_PARENTS_END = 1
_NAME = 15


@dataclass(slots=True)
class Child:
    """One process: its name, what it runs until it ends, and how often it died young.

    It is forked from this process, which has read the code already, so that one that died is back at once.
    `niceness` above 0 lets the others go first (nice(2)).
    """

    name: str
    run: Callable[[], object]
    niceness: int = 0
    process: ForkProcess | None = None
    started_at: float = 0.0
    died_young: int = 0

    def start(self) -> None:
        """Start it."""
        self.process = _FORK.Process(target=self._live, args=(os.getpid(),), name=self.name)
        self.process.start()
        self.started_at = time.monotonic()

    def _live(self, parent: int) -> None:
        end_with_parent(parent)
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        name_process(self.name)
        os.nice(self.niceness)
        # The database's own lists then say for which process a connection works.
        os.environ["PGAPPNAME"] = f"sala {self.name}"
        self.run()

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.is_alive()

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
            # Whatever ends wakes us at once; the database is looked at twice a second.
            connection.wait([c.process.sentinel for c in self.children if c.process], timeout=LOOK_SECONDS)
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
            if self._is_stopping or child.process is None or child.is_running:
                continue
            log.warning("%s ended with %s; starting it again", child.name, child.process.exitcode)
            time.sleep(child.wait_before_restart())
            child.start()


def _end(child: Child) -> None:
    process = child.process
    if process is None or process.pid is None or not process.is_alive():
        return
    process.terminate()
    process.join(10)
    if process.is_alive():
        os.killpg(process.pid, signal.SIGKILL)
        process.join(5)


def end_with_parent(parent: int) -> None:
    """Let the kernel end this process when `parent`, which forked it, ends in whatever way. On Linux only.

    Everything here may be killed at any moment; going on alone, unseen, with an old version would be worse.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_AT_PARENTS_END, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we could ask
            os._exit(1)


def name_process(name: str) -> None:
    """Show this process as `sala-NAME` in the system's lists. On Linux only, at most 15 letters."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NAME, f"sala-{name}".encode()[:15])
