"""`sala budget`: checks what must be equal in the budgets of this site, and writes them as open data."""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from sala.cli.ending import refuse
from sala.cli.site import prepare_django, require_site
from sala.core.money import format_baht

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)
Year = Annotated[int | None, typer.Option(help="Fiscal year of the Buddhist era; all of them unless told.")]
# The table that the box which keeps budgets brings in: boxes are found by what they say, not by their name.
_TABLE = "budget"


@app.callback()
def main() -> None:
    """Budgets of this site: `sala import budget` brings them in."""


@app.command("check")
def check(year: Year = None) -> None:
    """Print where parts do not sum to wholes, or more was paid, bound or released than is permitted.

    The exit code is 1 if anything does not hold.
    """
    queries = _room("queries")
    years = queries.list_years()
    if year is not None and year not in years:
        refuse(f"there is no budget of {year} here")
    broken = 0
    for one in [year] if year else years:
        for stage, satang in sorted(queries.sums_of_year(one).items()):
            typer.echo(f"{one} {stage}: {format_baht(satang)} baht")
        for fault in queries.list_broken(one):
            broken += 1
            difference = format_baht(fault.difference)
            typer.echo(f"{one} {fault.identity}: {fault.where}: {difference} baht too much")
    typer.echo(f"{broken} identities do not hold" if broken else "every identity holds")
    if broken:
        raise typer.Exit(1)


@app.command("export")
def export(
    fiscal_package: Annotated[Path, typer.Option(help="Folder for budget.csv and datapackage.json.")],
    year: Year = None,
) -> None:
    """Write every event as an Open Fiscal Data Package; `sala import budget … --mapping sala` reads it again."""
    exporters = _room("exporters")
    try:
        count = exporters.write_package(fiscal_package, year)
    except OSError as error:
        refuse(f"{fiscal_package}: {error.strerror or error}")
    typer.echo(f"{count} events written to {fiscal_package}")


def _room(name: str) -> Any:
    require_site()
    prepare_django()
    from sala.site import boxes

    box = next(box for box in boxes.every_box() if any(one.name == _TABLE for one in box.imports))
    return import_module(f"{box.package}.{name}")
