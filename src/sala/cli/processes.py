"""The running site: pages, streams, worker; each alone, or all of them on one machine."""

import gc
import importlib
import os
import shutil
import socket
import threading
from functools import partial
from pathlib import Path

import typer
from django.conf import settings
from django.db import connections

from sala.cli.main import run
from sala.cli.site import prepare_django, prepare_environment
from sala.engines import thai
from sala.platform import database
from sala.serving.supervisor import Child, Supervisor, end_with_parent, name_process

web_app = typer.Typer()
stream_app = typer.Typer()
worker_app = typer.Typer()
serve_app = typer.Typer()
migrate_app = typer.Typer()

Port = typer.Option(8000, envvar="PORT", help="TCP port.")
Host = typer.Option("127.0.0.1", envvar="SALA_BIND", help="Address to listen on.")
Workers = typer.Option(0, envvar="SALA_WORKERS", help="Processes; 0 is one for each core.")


def _processes(wanted: int) -> int:
    return wanted or max(1, os.cpu_count() or 1)


@web_app.command()
def web(host: str = Host, port: int = Port, workers: int = Workers, threads: int = 8) -> None:
    """Serve pages (WSGI). Stateless: start as many as you like behind a balancer."""
    _granian("sala.serving.wsgi:application", "wsgi", host, port, _processes(workers), threads)


@stream_app.command()
def stream(
    host: str = Host, port: int = typer.Option(8001, envvar="SALA_STREAM_PORT"), workers: int = 1
) -> None:
    """Serve live streams (/live, ASGI). Stateless: start as many as you like behind a balancer."""
    _granian("sala.serving.stream:application", "asgi", host, port, workers, 1)


def _granian(target: str, interface: str, host: str, port: int, workers: int, threads: int) -> None:
    from granian import Granian  # a command that serves nothing does not want the server
    from granian.constants import Interfaces

    prepare_environment(make_keys=True)
    _count_together(database.home() / "metrics" / str(port))
    # Read before the processes part: they share it, and one that died is back at once instead of after seconds.
    importlib.import_module(target.partition(":")[0])
    os.register_at_fork(after_in_child=partial(_be_page_process, os.getpid()))
    more = {"blocking_threads": threads} if interface == "wsgi" else {}
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces(interface),
        workers=workers,
        backlog=2048,
        respawn_failed_workers=True,
        log_access=False,
        **more,  # type: ignore[arg-type]  # only what this interface knows
    ).serve()


def _be_page_process(parent: int) -> None:
    end_with_parent(parent)
    name_process("pages")


def _count_together(folder: Path) -> None:
    """Let the processes behind one port count in files, so that /metrics of any of them tells of all."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR") == str(folder):
        return  # whoever started this process counts there too
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


@worker_app.command()
def worker() -> None:
    """Run the jobs, and let every listener hear the new entries of the ledger. Start as many as you like."""
    prepare_django(make_keys=True)
    from sala.serving.worker import count_signatures, follow_ledger, run_jobs, send_letters

    stop = threading.Event()
    beside = [
        threading.Thread(target=work, args=(stop,), daemon=True, name=work.__name__)
        for work in (follow_ledger, send_letters, count_signatures)
    ]
    for thread in beside:
        thread.start()
    try:
        run_jobs()
    finally:
        stop.set()
        for thread in beside:
            thread.join(5)


@migrate_app.command()
def migrate() -> None:
    """Bring the database's tables to this version."""
    prepare_django(make_keys=True)
    from django.core.management import call_command

    call_command("migrate", verbosity=1)
    typer.echo("Next: sala seed")


@serve_app.command()
def serve(host: str = Host, port: int = Port, workers: int = Workers) -> None:
    """Run everything on this machine behind one port: pages, streams, sequencer, worker, and the database."""
    os.environ["PORT"] = str(port)
    require_free(host, port)
    with database.stopping_at_the_end():
        prepare_environment(make_keys=True)
        run_site(host, port, _processes(workers))


def require_free(host: str, port: int) -> None:
    """End the command with one sentence if something listens at this address already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            typer.echo(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another: PORT=8041", err=True
            )
            raise typer.Exit(2) from None


def run_site(host: str, port: int, workers: int) -> None:
    """Supervise the processes of one machine until told to stop."""
    _read_ahead(port)
    pages = ["one-port", "--host", host, "--port", str(port), "--workers", str(workers)]
    children = [
        Child("sequencer", partial(run, ["sequencer"])),
        # What listeners do may wait; whoever asks for a page may not.
        Child("worker", partial(run, ["worker"]), niceness=10),
        Child("site", partial(run, pages)),
    ]
    embedded = database.home() / "postgres"
    is_embedded = str(embedded) in os.environ.get("DATABASE_URL", "")
    Supervisor(children, lambda: _keep(embedded) if is_embedded else None).run()


def _read_ahead(port: int) -> None:
    """Read all code and word lists here, once: every process is forked from this one, starts at once and shares them.

    No connection and no thread may be left open, since a fork would have them twice.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _count_together(database.home() / "metrics" / str(port))
    prepare_django(make_keys=True)
    for name in (
        "granian",
        "sala.serving.one_port",
        "sala.serving.worker",
        "sala.cli.sequencer",
        settings.ROOT_URLCONF,
    ):
        importlib.import_module(name)
    thai.mask("นายสมชาย ใจดี")
    for connection in connections.all():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's have one
    gc.collect()
    gc.freeze()


def _keep(folder: Path) -> None:
    if not database.is_running(folder):
        database.start_embedded(folder)


stop_database_app = typer.Typer()


@stop_database_app.command()
def stop_database() -> None:
    """Stop this machine's embedded database, and the tests' one, if they run."""
    for name in ("postgres", "test-postgres"):
        if database.is_running(folder := database.home() / name):
            database.stop_embedded(folder)


one_port_app = typer.Typer()


@one_port_app.command()
def one_port(host: str = Host, port: int = Port, workers: int = Workers) -> None:
    """Serve pages and streams behind one port (what `serve` starts)."""
    _granian("sala.serving.one_port:application", "asgi", host, port, _processes(workers), 1)
