"""`sala repeats`: reads a table, prints what repeats what; the engine `sala.engines.thai.repeats` finds it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sala.cli import ending, tables
from sala.cli.late import Late

if TYPE_CHECKING:
    from sala.engines import thai
    from sala.engines.thai import repeats
else:
    # comparing needs numpy, scipy and the Thai word list; help and a wrong word do not
    thai, repeats = Late("sala.engines.thai"), Late("sala.engines.thai.repeats")


class Repeats(ending.EngineCommand):
    """The one command of this engine."""

    engine = "sala repeats"


app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_BANGKOK = timezone(timedelta(hours=7))
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z")
_FIRST_BUDDHIST_YEAR = 2325  # the year Bangkok was founded, B.E.; no Gregorian date here is as late


@app.command(name="repeats", cls=Repeats)
def find(
    file: Annotated[
        str, typer.Argument(help="CSV with a header, or JSON lines (.jsonl); .gz too; - for input.")
    ],
    text: Annotated[str, typer.Option("--text", help="The column that holds the text.")] = "text",
    place: Annotated[
        str | None,
        typer.Option(
            "--place", help="Where: LAT,LON columns; or one column with a point or a name; or names."
        ),
    ] = None,
    time: Annotated[str | None, typer.Option("--time", help="When: a column of dates or times.")] = None,
    identifier: Annotated[str | None, typer.Option("--id", help="A column that names each row.")] = None,
    metres: Annotated[float, typer.Option(min=0, help="How near is the same place.")] = 200,
    days: Annotated[float, typer.Option(min=0, help="How near in time is the same matter.")] = 30,
    most: Annotated[int, typer.Option(min=1, max=20, help="Likest others told of each row.")] = 3,
    least: Annotated[float, typer.Option(min=0, max=1, help="Likeness below which nothing is told.")] = 0.2,
    as_json: Annotated[bool, typer.Option("--json", help="Print every row as JSON.")] = False,
) -> None:
    """Find texts that tell of the same matter again. Text alone only suggests; place and time decide.

    JSON: {"texts", "settings", "rows": [{"row", "id", "repeat_of", "matches": [{"row", "id", "score", "verdict",
    "earlier", "same_place", "metres", "days_apart"}]}]}. Rows are numbered from 1, the header not counted.
    """
    places = tuple(name.strip() for name in place.split(",")) if place else ()
    reports, names = _reports(file, text, places, time, identifier)
    limits = repeats.Limits(metres=metres, days=days)
    with tables.progress() as bar:
        task = bar.add_task(f"comparing {len(reports)} texts", total=None)
        found = repeats.find_repeats(reports, limits=limits, most=most, least=least)
        rows = _watched(_rows(found, names), bar, task, len(reports))
        if as_json:
            settings = {"metres": metres, "days": days, "most": most, "least": least}
            _print_json(rows, len(reports), settings)
        else:
            _print_table(rows, reports)


def _watched(rows: Iterator[dict[str, Any]], bar: Any, task: Any, total: int) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows, start=1):
        if number % 500 == 0:
            bar.update(task, completed=number, total=total)
        yield row


def _reports(
    file: str, text: str, places: Sequence[str], time: str | None, identifier: str | None
) -> tuple[list[repeats.Report], list[str]]:
    columns = [text, *places, *([time] if time else []), *([identifier] if identifier else [])]
    reports, names = [], []
    as_point: bool | None = None
    for line, row in tables.table_rows(file, columns):
        cells = [row[name].strip() for name in places]
        if as_point is None and any(cells):
            as_point = _looks_like_point(cells)
        try:
            where = _place(cells, as_point=bool(as_point))
            when = _moment(row[time]) if time else None
        except ValueError as problem:
            tables.refuse(f"{file}: line {line}: {problem}")
        reports.append(repeats.Report(row[text], where, when))
        names.append(row[identifier] if identifier else "")
    return reports, names


def _looks_like_point(cells: Sequence[str]) -> bool:
    numbers = _numbers(cells)
    return len(numbers) == 2 and all(_NUMBER.match(number) for number in numbers)


def _numbers(cells: Sequence[str]) -> list[str]:
    return re.split(r"[,; ]+", cells[0].strip("()[] ")) if len(cells) == 1 else list(cells)


def _place(cells: Sequence[str], *, as_point: bool) -> repeats.Place:
    """A point from one or two cells, or else a name from all of them."""
    if not any(cells):
        return repeats.Place()
    if not as_point:
        return repeats.Place(
            name="|".join(thai.normalise(cell).lower() for cell in cells) if all(cells) else ""
        )
    if not _looks_like_point(cells):
        raise ValueError(f"{' '.join(cells)!r} is not a latitude and a longitude")
    latitude, longitude = (float(number) for number in _numbers(cells))
    if abs(latitude) > 90 >= abs(longitude):
        latitude, longitude = longitude, latitude  # some publishers write the longitude first
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError(f"{' '.join(cells)!r} is not on earth")
    return repeats.Place(latitude, longitude)


def _moment(cell: str) -> float | None:
    """Seconds since 1970 of an ISO time or day/month/year, Buddhist years too; Bangkok time if none is told."""
    written = thai.normalise(cell)
    if not written:
        return None
    day_first = _DAY_FIRST.match(written)
    try:
        if day_first:
            day, month, year, hour, minute, second = (int(part or 0) for part in day_first.groups())
            moment = datetime(_gregorian(year), month, day, hour, minute, second)
        else:
            year_first = re.match(r"(\d{4})(?=-)", written)
            year = _gregorian(int(year_first.group())) if year_first else 0
            moment = datetime.fromisoformat(f"{year:04d}{written[4:]}" if year_first else written)
    except ValueError:
        raise ValueError(f"{cell!r} is not a date or time") from None
    return moment.replace(tzinfo=moment.tzinfo or _BANGKOK).astimezone(UTC).timestamp()


def _gregorian(year: int) -> int:
    return year - 543 if year >= _FIRST_BUDDHIST_YEAR else year


def _rows(found: Iterator[repeats.Finding], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for number, finding in enumerate(found):
        repeat_of = None if finding.repeat_of is None else finding.repeat_of + 1
        matches = [_match(likely, names) for likely in finding.likely]
        yield {"row": number + 1, **_named(names, number), "repeat_of": repeat_of, "matches": matches}


def _named(names: Sequence[str], number: int) -> dict[str, str]:
    return {"id": names[number]} if names[number] else {}


def _match(likely: repeats.Likely, names: Sequence[str]) -> dict[str, Any]:
    return {
        "row": likely.number + 1,
        **_named(names, likely.number),
        "score": round(likely.score, 4),
        "verdict": likely.verdict.value,
        "earlier": likely.earlier,
        "same_place": likely.same_place,
        "metres": None if likely.metres is None else round(likely.metres, 1),
        "days_apart": None if likely.days_apart is None else round(likely.days_apart, 3),
    }


def _print_json(rows: Iterator[dict[str, Any]], texts: int, settings: Mapping[str, Any]) -> None:
    """One JSON document, a row a line, printed as it is found."""
    typer.echo(f'{{"texts": {texts}, "settings": {json.dumps(settings)}, "rows": [', nl=False)
    for number, row in enumerate(rows):
        typer.echo(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False), nl=False)
    typer.echo("\n]}")


def _print_table(rows: Iterator[dict[str, Any]], reports: Sequence[repeats.Report]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("row", "like row", "score", "verdict", "text", box=None)
    for row in islice(_worth_a_look(rows), 200):
        best = row["matches"][0]
        text = reports[row["row"] - 1].text[:60].replace("\n", " ")
        table.add_row(str(row["row"]), str(best["row"]), f"{best['score']:.2f}", best["verdict"], text)
    Console().print(table)


def _worth_a_look(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (row for row in rows if row["matches"] and row["matches"][0]["verdict"] in ("repeat", "suggested"))
