"""`sala files`: what the disk and the table of files do not agree on."""

from typing import Annotated

import typer

from sala.cli.site import prepare_django
from sala.core import clock

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def files() -> None:
    """Files that people and offices added: what belongs to nothing, what is missing."""


@app.command()
def sweep(
    trial: Annotated[bool, typer.Option("--trial", help="Only say what would be deleted.")] = False,
) -> None:
    """Delete stored files that belong to nothing; name the files that are missing (status 1 if any is).

    Stored files younger than a day are left alone: their filing may be under way.
    """
    prepare_django()
    from sala.commons.files import actions  # Django is ready only now

    swept = actions.sweep_files(now=clock.now(), is_trial=trial)
    for name in swept.nobodys:
        typer.echo(f"{'would delete' if trial else 'deleted'} {name}")
    for name in swept.missing:
        typer.echo(f"missing {name}: bring it back from a backup", err=True)
    typer.echo(f"{len(swept.nobodys)} belonged to nothing, {len(swept.missing)} are missing")
    if swept.missing:
        raise typer.Exit(1)
