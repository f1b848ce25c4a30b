"""A budget as a fiscal data package (Open Fiscal Data Package on Frictionless tabular packages), and read back."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sala.core.money import SATANG_PER_BAHT
from sala.services.budgeting import queries
from sala.services.budgeting.rules import rows as rules

TABLE, DESCRIPTOR = "budget.csv", "datapackage.json"
_CHUNK = 2000
# Name, type, column type of the Open Fiscal Data Package (1.0), what stands in it.
COLUMNS = (
    ("fiscal_year", "integer", "date:fiscal-year", "Fiscal year of the budget, Buddhist era"),
    ("stage", "string", "phase:id", "Stage of the budget"),
    ("holds_on", "date", "date:generic", "Day from which the event holds"),
    ("ministry", "string", "administrative-classification:generic:level1:label", "Ministry or group"),
    ("agency", "string", "administrative-classification:generic:level2:label", "Budget unit"),
    ("plan", "string", "activity:generic:program:label", "Plan"),
    ("kind", "string", "", "output or project"),
    ("output", "string", "activity:generic:project:label", "Output or project"),
    ("activity", "string", "activity:generic:subproject:label", "Activity"),
    ("expense", "string", "economic-classification:generic:level1:label", "Kind of expense"),
    ("subexpense", "string", "economic-classification:generic:level2:label", "Sort of expense"),
    ("item", "string", "", "Item"),
    ("money_year", "integer", "", "Year in which the money is meant to be spent, Buddhist era"),
    ("amount", "number", "value", "Baht added or taken away"),
    ("actor", "string", "", "Who said so"),
    ("document", "string", "", "Where it was printed"),
    ("page_from", "integer", "", "Printed page, the first"),
    ("page_to", "integer", "", "Printed page, the last"),
    ("doubtful", "integer", "", "Lines behind it whose reading is doubtful"),
    ("note", "string", "", "Note"),
)
_NAMES = tuple(name for name, *_ in COLUMNS)


def write_package(folder: Path, year: int | None = None) -> int:
    """Write every event (of one fiscal year) as `budget.csv` and `datapackage.json`; how many there are.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(_NAMES)
        for given in every_event(year):
            count += 1
            row = to_row(given)
            writer.writerow([row[name] for name in _NAMES])
    raw = (folder / TABLE).read_bytes()
    described = describe(year, size=len(raw), digest=hashlib.sha256(raw).hexdigest())
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    return count


def every_event(year: int | None = None) -> Iterator[rules.Given]:
    """Every event in the order of its number, as it can be read again; two queries for each 2,000."""
    after = 0
    while found := queries.page_of_events(after, _CHUNK, year):
        paths = queries.paths_of(found)
        for event in found:
            yield queries.to_given(event, paths[event.heading_id])
        after = found[-1].pk


def to_row(given: rules.Given) -> dict[str, str]:
    """An event as cells of the table; `rules.read_row` understands them."""
    names = {level: name for level, _, name in given.path}
    kind = next((kind for _, kind, _ in given.path if kind), "")
    return {
        **{level: names.get(level, "") for level in rules.LEVELS},
        "kind": kind,
        "fiscal_year": str(given.fiscal_year),
        "stage": given.stage,
        "holds_on": given.holds_on,
        "money_year": str(given.money_year),
        "amount": _baht(given.satang),
        "actor": given.actor,
        "document": given.document,
        "page_from": "" if given.page_from is None else str(given.page_from),
        "page_to": "" if given.page_to is None else str(given.page_to),
        "doubtful": str(given.doubtful),
        "note": given.note,
    }


def _baht(satang: int) -> str:
    baht, rest = divmod(abs(satang), SATANG_PER_BAHT)
    return f"{'-' if satang < 0 else ''}{baht}" + (f".{rest:02d}" if rest else "")


def read_package(folder: Path) -> Iterator[rules.Given]:
    """The events of a package that `write_package` wrote. Raises Unfit, KeyError, OSError for what it did not write."""
    described: Mapping[str, Any] = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    path = folder / described["resources"][0]["path"]
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield rules.read_row(row, {})


def describe(year: int | None, *, size: int, digest: str) -> dict[str, Any]:
    """The descriptor of the package."""
    fields = [
        {
            "name": name,
            "type": kind,
            "description": told,
            **({"columnType": column} if column else {}),
            **(
                {"constraints": {"required": True}}
                if name in ("fiscal_year", "stage", "holds_on", "amount")
                else {}
            ),
        }
        for name, kind, column, told in COLUMNS
    ]
    return {
        "profile": "fiscal-data-package",
        "name": f"sala-budget-{year or 'all'}",
        "title": f"Budget of fiscal year {year}" if year else "Budgets",
        "countryCode": "TH",
        "resources": [
            {
                "name": "budget",
                "profile": "tabular-data-resource",
                "path": TABLE,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": size,
                "hash": f"sha256:{digest}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "schema": {"fields": fields, "missingValues": [""]},
            }
        ],
    }
