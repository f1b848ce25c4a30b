"""`sala backup` and `sala restore`: everything one installation holds, but its keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from django.core.management import call_command
from rich.console import Console

from sala.cli.site import prepare_django
from sala.core import clock
from sala.core.actors import SYSTEM

backup_app = typer.Typer(rich_markup_mode=None)
restore_app = typer.Typer(rich_markup_mode=None)
console = Console(stderr=True)

KEYS = "The keys are NOT in it. Without them contact data stays sealed and the ledger ends: keep them apart."
FINAL = (
    "This was its last: the ledger is closed here, and goes on where the backup is restored. Filings made here from now"
    " on are lost, so leave the site stopped."
)
PUBLISH = """What was recorded after the backup is lost, which entry {position} says. The log goes on under a new name.
  former log    {former}, of which {kept} entries are here
  log           {origin}
  public key    {key}
  left out      {left_empty} positions of the ledger, {margin} numbers of every kind
Publish the new key and these lines where the former key stands; give the key to every witness; tell whoever filed
since the backup to file again (docs/how-to/run.md, “After a restore”).
"""

Known = Annotated[
    list[str] | None,
    typer.Option(
        help="A checkpoint of the log seen elsewhere: a file, the address of a site or mirror; repeat for more."
    ),
]
Final = Annotated[
    bool, typer.Option("--final", help="The site moves: close the ledger here, it goes on from this backup.")
]
Here = Annotated[
    bool,
    typer.Option("--here", help="The database was brought back by other means: only let it go on safely."),
]
Source = Annotated[Path | None, typer.Argument(help="Folder that sala backup wrote.")]


def _fail(sentence: str, code: int = 2) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


@backup_app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="New folder for the backup.")], final: Final = False
) -> None:
    """Write the database (as of one instant) and people's files into a new folder. The site may go on running."""
    prepare_django()
    from sala.commons.ledger import sequencer  # only now is Django ready
    from sala.commons.ledger.actions import restoring
    from sala.serving import backups

    now = clock.now()
    try:
        if final:
            restoring.close_log(actor=SYSTEM, now=now)
        try:
            with console.status("Reading the database") as status:
                about = backups.make(
                    target, now=now, say=lambda text: status.update(text[:100]), is_final=final
                )
        except BaseException:
            if final:  # nothing was kept, so the ledger goes on here after all
                restoring.take_over(actor=SYSTEM, now=now)
            raise
    except sequencer.Inconsistent as error:
        _fail(f"The ledger cannot be closed: {error}. Stop the site first.")
    except (backups.Unusable, OSError) as error:
        _fail(str(error))
    typer.echo(
        f"{target}: the database (at least {about['entries']} ledger entries), {about['files']} files."
    )
    typer.echo(KEYS)
    if final:
        typer.echo(FINAL)


@restore_app.command()
def restore(source: Source = None, known: Known = None, here: Here = False) -> None:
    """Load a backup into an empty database, check the whole ledger, and let the site go on without giving anything
    twice. Exit code 1: it is not as signed."""
    if here == (source is not None):
        _fail("Name the folder of a backup, or say --here if the database was brought back by other means.")
    prepare_django()
    from sala.commons.ledger import keys, queries, sequencer  # only now is Django ready
    from sala.engines import merkle
    from sala.serving import backups, restores

    try:
        with console.status("Loading") as status:
            kept = _load(source, lambda text: status.update(text[:100]))
            size = sequencer.recompute(lambda done, total: status.update(f"ledger: {done} of {total}"))
            if size:
                merkle.open_checkpoint(queries.get_checkpoint(), keys.log_key())
            fenced = restores.go_on(kept, now=clock.now(), shown=known or [], say=typer.echo)
    except sequencer.Foreign:
        _fail(f"The content is loaded, but {keys.FOREIGN}. Then run: sala restore --here", 1)
    except (sequencer.Inconsistent, merkle.BadNote) as error:
        _fail(f"NOT AS SIGNED: {error}", 1)
    except (backups.Unusable, OSError) as error:
        _fail(str(error))
    typer.echo(f"Restored what was kept at {kept.made_at.isoformat()}: {size} ledger entries, all as signed.")
    if fenced is None:
        typer.echo("The backup was a final one, used for the first time: the log goes on under its own name.")
    else:
        values = {name: getattr(fenced, name) for name in fenced.__slots__}
        typer.echo(PUBLISH.format(**values))
    typer.echo("Next: sala seed, then start the site; sala ledger verify checks it from outside.")


def _load(source: Path | None, say: Callable[[str], None]) -> Any:
    """Load what is to be loaded, and bring the tables to this version, which everything after it reads."""
    from sala.commons.ledger import queries
    from sala.serving import backups, restores

    if source is None:
        call_command("migrate", verbosity=0)
        return restores.Backup(queries.newest_entry_at() or clock.now())
    about = backups.bring_back(source, say=say)
    call_command("migrate", verbosity=0)
    return restores.Backup.of(about, source)
