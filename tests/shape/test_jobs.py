"""Every job has a worker and someone who calls it; every process of the site has a command and a unit."""

import ast
import inspect
import re
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from sala.cli.main import COMMANDS
from sala.commons.ledger.subscriptions import ANY_KIND, OF_MATTERS, list_subscriptions
from sala.core.events import Event
from sala.platform.catalogues import SOURCE
from sala.serving import worker
from sala.site import subscriptions

ROOT = SOURCE.parents[1]
DAEMONS = ("web", "stream", "worker", "sequencer")


def our_tasks() -> list[Task]:
    """The jobs that our boxes define."""
    return [task for task in app.tasks.values() if task.func.__module__.startswith("sala.")]


def called_by_hand() -> set[str]:
    """Names of jobs that some line of ours puts into a queue."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"defer", "configure", "defer_async"}:
                found.add(ast.unparse(node.value).rpartition(".")[2])
    return found


def test_the_worker_knows_every_job_that_is_written_down() -> None:
    files = {
        ".".join(("sala", *path.relative_to(SOURCE).with_suffix("").parts))
        for path in SOURCE.rglob("tasks.py")
    }
    assert {task.func.__module__ for task in our_tasks()} == files


def test_every_job_has_a_caller() -> None:
    by_time = {periodic.task.name for periodic in app.periodic_registry.periodic_tasks.values()}
    idle = (
        {t.name for t in our_tasks()}
        - by_time
        - {t.name for t in our_tasks() if t.func.__name__ in called_by_hand()}
    )
    assert not idle


def test_the_worker_serves_every_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    class Recorder:
        """Stands where the queue's program stands, and keeps what it was asked for."""

        connector = app.connector

        def replace_connector(self, connector: object) -> "Recorder":
            return self

        def __enter__(self) -> "Recorder":
            return self

        def __exit__(self, *problem: object) -> None:
            return None

        def run_worker(self, **options: Any) -> None:
            asked.update(options)

    monkeypatch.setattr(worker, "app", Recorder())
    worker.run_jobs()
    assert asked, "no worker was started"
    served = asked.get("queues")
    assert served is None or {task.queue for task in our_tasks()} <= set(served)


def test_every_listener_hears_something_that_happens_and_is_wired_in_one_file() -> None:
    for subscription in list_subscriptions():
        assert subscription.kind in {ANY_KIND, OF_MATTERS, *Event.known}, subscription.name
    wired = inspect.getsource(subscriptions)
    assert all(f'"{s.name}"' in wired for s in list_subscriptions() if s.name.partition(".")[0] != "tests")
    others = [
        path.name
        for path in SOURCE.rglob("*.py")
        if path.name != "subscriptions.py"
        and "subscriptions import listen" in path.read_text(encoding="utf-8")
    ]
    assert not others


@pytest.mark.parametrize("name", DAEMONS)
def test_every_process_has_a_command_and_a_unit(name: str) -> None:
    assert name in COMMANDS
    unit = ROOT / "deploy" / "systemd" / f"sala-{name}.service"
    assert f"sala {name}" in unit.read_text(encoding="utf-8")
    assert unit.name in (ROOT / "deploy" / "systemd" / "sala.target").read_text(encoding="utf-8")


def test_one_machine_runs_all_of_them() -> None:
    source = (SOURCE / "cli" / "processes.py").read_text(encoding="utf-8")
    assert all(re.search(rf'Child\(\s*"{name}"', source) for name in ("sequencer", "worker", "site"))
