"""`sala seed`: the reference data that comes with this version. May be run any number of times."""

import typer

from sala.cli.site import prepare_django

app = typer.Typer(rich_markup_mode=None)


@app.command()
def seed() -> None:
    """Bring periods and topics up to this version, and say what changed. What an office set itself stays."""
    prepare_django(make_keys=True)
    from sala.site import boxes  # only now is Django ready

    for said in boxes.prepare():
        typer.echo(said)
