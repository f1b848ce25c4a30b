"""Whatever dies is started again, not too fast when it dies at once; nothing lives on without its parent."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from sala.platform.database import django_database

# In a process of its own, since a fork of this one would take along all that other tests left running.
TELL_OF_ONE_DYING_YOUNG = """
from sala.serving.supervisor import Child
child = Child("short", lambda: None)
for _ in range(4):
    child.start()
    child.process.join(20)
    print(child.wait_before_restart())
"""
WATCH_TWO = """
import time
from sala.serving.supervisor import Child, Supervisor
sleep = lambda: time.sleep(600)
Supervisor([Child("one", sleep), Child("two", sleep, niceness=10)], lambda: None).run()
"""


def wait_until(is_so: object, *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def supervisor() -> object:
    process = subprocess.Popen([sys.executable, "-c", WATCH_TWO], start_new_session=True)
    watching = psutil.Process(process.pid)
    wait_until(lambda: sorted(c.name() for c in watching.children()) == ["sala-one", "sala-two"])
    yield watching
    children = watching.children() if watching.is_running() and watching.status() != "zombie" else []
    for left in [*children, watching]:
        left.kill()
    process.wait(20)


def test_a_child_that_dies_young_waits_longer_each_time() -> None:
    told = subprocess.run(
        [sys.executable, "-c", TELL_OF_ONE_DYING_YOUNG], capture_output=True, text=True, check=True
    )
    waits = [float(line) for line in told.stdout.split()]
    assert waits == sorted(waits)
    assert len(waits) == 4
    assert 0 < waits[0] < waits[-1] <= 10


def test_a_child_that_was_killed_is_there_again_and_keeps_its_rank(supervisor: psutil.Process) -> None:
    (two,) = [child for child in supervisor.children() if child.name() == "sala-two"]
    two.kill()
    wait_until(
        lambda: (
            [c.nice() for c in supervisor.children() if c.name() == "sala-two" and c.pid != two.pid] == [10]
        )
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_no_child_outlives_a_supervisor_that_was_killed(supervisor: psutil.Process) -> None:
    children = supervisor.children()
    os.kill(supervisor.pid, signal.SIGKILL)
    gone, alive = psutil.wait_procs(children, timeout=20)
    assert len(gone) == 2
    assert not alive


def test_all_end_when_the_supervisor_is_told_to(supervisor: psutil.Process) -> None:
    children = supervisor.children()
    supervisor.terminate()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive


def test_an_address_of_a_database_is_read_with_its_socket_folder() -> None:
    values = django_database("postgresql://sala:p%40ss@/sala?host=/run/pg&sslmode=disable")
    assert values["HOST"] == "/run/pg"
    assert values["PASSWORD"] == "p@ss"
    assert values["NAME"] == "sala"
    with pytest.raises(ValueError, match="postgresql"):
        django_database("mysql://localhost/sala")
