"""`sala demo`: the whole platform with content, on this machine, until Ctrl-C."""

import os

import typer
from rich.console import Console

from sala.cli.imports import bring_in_folder
from sala.cli.processes import require_free, run_site
from sala.cli.site import prepare_django
from sala.platform import database

app = typer.Typer()
console = Console()


@app.command()
def demo(
    host: str = typer.Option("127.0.0.1", envvar="SALA_BIND"),
    port: int = typer.Option(8000, envvar="PORT"),
    data: str = typer.Option("", envvar="DATA", help="Folder of real data to load as well."),
) -> None:
    """Migrate, load content if there is none, and serve everything on one port."""
    os.environ.update({"SALA_DEMO": "1", "PORT": str(port), "SALA_LOGS": os.environ.get("SALA_LOGS", "text")})
    require_free(host, port)
    with database.stopping_at_the_end():
        _prepare(data)
        console.print(f"\n[bold]Sala is at http://{host}:{port}[/bold]  (Ctrl-C stops it)\n")
        run_site(host, port, max(1, os.cpu_count() or 1))


def _prepare(data: str) -> None:
    with console.status("Starting the database and loading Sala"):
        prepare_django(make_keys=True)
        from django.core.management import call_command  # Django is ready only now

        from sala.site import boxes

        call_command("migrate", verbosity=0)
        list(boxes.prepare())
        call_command("collectstatic", verbosity=0, interactive=False)
    from sala import demonstration

    demonstration.load(console, bring_in=lambda: bring_in_folder(data) if data else None)
