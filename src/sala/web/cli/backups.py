"""`sala backup` and `sala restore`: everything one installation holds, but its keys."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sala.core import clock
from sala.web.cli.site import prepare_django

backup_app = typer.Typer(rich_markup_mode=None)
restore_app = typer.Typer(rich_markup_mode=None)
console = Console(stderr=True)

KEYS = "The keys are NOT in it. Without them contact data stays sealed and the ledger ends: keep them apart."


def _fail(sentence: str, code: int = 2) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


@backup_app.command()
def backup(target: Annotated[Path, typer.Argument(help="New folder for the backup.")]) -> None:
    """Write the database (as of one instant) and people's files into a new folder. The site may go on running."""
    prepare_django()
    from sala.web import backups  # only now is Django ready

    try:
        with console.status("Reading the database") as status:
            about = backups.make(target, now=clock.now(), say=lambda text: status.update(text[:100]))
    except (backups.Unusable, OSError) as error:
        _fail(str(error))
    typer.echo(
        f"{target}: the database (at least {about['entries']} ledger entries), {about['files']} files."
    )
    typer.echo(KEYS)


@restore_app.command()
def restore(source: Annotated[Path, typer.Argument(help="Folder that sala backup wrote.")]) -> None:
    """Load a backup into an empty database, then check the whole ledger. Exit code 1: it is not as signed."""
    prepare_django()
    from sala.commons.ledger import keys, queries, sequencer  # only now is Django ready
    from sala.engines import merkle
    from sala.web import backups

    try:
        with console.status("Loading") as status:
            about = backups.bring_back(source, say=lambda text: status.update(text[:100]))
            size = sequencer.recompute(lambda done, total: status.update(f"ledger: {done} of {total}"))
        if size:
            merkle.open_checkpoint(queries.get_checkpoint(), keys.log_key())
    except sequencer.Inconsistent as error:
        _fail(f"NOT AS SIGNED: {error}", 1)
    except merkle.BadNote:
        _fail(
            "The content is loaded, but it was signed with another SALA_LEDGER_KEY: bring the old keys back.",
            1,
        )
    except (backups.Unusable, OSError) as error:
        _fail(str(error))
    typer.echo(f"Restored what was kept at {about['made_at']}: {size} ledger entries, all as signed.")
    typer.echo("Next: sala migrate, then start the site; sala ledger verify checks it from outside.")
