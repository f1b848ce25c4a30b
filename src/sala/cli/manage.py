"""`sala manage …`: Django's own management commands, on this site's database."""

import typer
from django.core.management import execute_from_command_line

from sala.cli.site import prepare_environment

app = typer.Typer()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Run a management command (migrate, makemigrations, runserver, shell …)."""
    prepare_environment(make_keys=True)
    execute_from_command_line(["sala manage", *context.args])
