"""`sala keys`: writes a new set of secrets for one installation."""

from pathlib import Path
from typing import Annotated

import typer

from sala.platform import keys as secrets

app = typer.Typer(rich_markup_mode=None)


@app.command()
def keys(
    target: Annotated[Path, typer.Argument(help="File to write, for example /etc/sala/keys.env")],
) -> None:
    """Write new keys to a file that only its owner reads. Keep a copy elsewhere: without them data is lost."""
    try:
        secrets.write_keys(target)
    except FileExistsError:
        typer.echo(f"{target} is there already; keys in use are never replaced", err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.echo(f"{target} cannot be written: {error.strerror}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"Wrote {target}. Keep a copy in another place, apart from the backups.")
