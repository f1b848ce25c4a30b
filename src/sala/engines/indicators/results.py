"""Run the enabled indicators and put what they find into Cardinal's shape or plain rows with evidence."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from sala.engines.indicators import (
    bidding,
    cardinal_organizations,
    cardinal_processes,
    contracting,
    markets,
    tendering,
)
from sala.engines.indicators.catalog import CATALOG
from sala.engines.indicators.quartiles import Quartiles
from sala.engines.indicators.study import Study
from sala.engines.indicators.verdicts import FACTS, FLAGGED, Rule, Statistics

RULES: dict[str, Rule] = {
    **cardinal_processes.RULES,
    **cardinal_organizations.RULES,
    **tendering.RULES,
    **bidding.RULES,
    **contracting.RULES,
    **markets.RULES,
}
GROUPS = ("OCID", "Buyer", "ProcuringEntity", "Tenderer")
Row = Mapping[str, Any]


def verdict_tables(study: Study, statistics: Statistics) -> Iterator[Table]:
    """The tables of verdicts of every enabled indicator, in the order of the settings."""
    for code in study.settings.enabled:
        yield from RULES[code](study, statistics)


def verdicts(study: Study, statistics: Statistics) -> Table | None:
    """All verdicts of all enabled indicators as one expression; None when nothing is enabled."""
    tables = list(verdict_tables(study, statistics))
    return ibis.union(*tables) if len(tables) > 1 else next(iter(tables), None)


def flagged_rows(study: Study, statistics: Statistics) -> Iterator[Row]:
    """The flagged verdicts as rows, in a settled order."""
    for table in verdict_tables(study, statistics):
        found = table.filter(table.state == FLAGGED, table.id.notnull())
        yield from sorted(found.to_pyarrow().to_pylist(), key=_place)


def _place(row: Row) -> tuple[str, int, str]:
    return row["about"], -1 if row["seq"] is None else row["seq"], row["id"]


def as_cardinal(rows: Iterable[Row]) -> dict[str, dict[str, dict[str, float]]]:
    """`{group: {identifier: {code: score}}}` without empty groups, as Cardinal prints it."""
    result: dict[str, dict[str, dict[str, float]]] = {group: {} for group in GROUPS}
    for row in rows:
        result.setdefault(row["about"], {}).setdefault(row["id"], {})[row["code"]] = row["score"]
    return {group: found for group, found in result.items() if found}


def meta(statistics: Statistics, settings_enabled: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Quartiles and fences in force, rounded to four decimals, by indicator code."""
    found: dict[str, dict[str, Any]] = {}
    for key, fence in statistics.known.items():
        if fence is None:
            continue
        for code in ("R024", "R058") if key == "gap" else (key.split(".")[0],):
            if code in settings_enabled:
                figures = _figures(code, fence)
                group = key.partition(".")[2]
                found.setdefault(code, {}).update({group: figures} if group else figures)
    for key, value in statistics.percentiles.items():
        if value is not None and key in settings_enabled:
            found.setdefault(key, {})["percentile"] = round(value, 4)
    return found


_LOWER = {"R019", "R024", "R025"}


def _figures(code: str, fence: Quartiles) -> dict[str, float]:
    name, value = ("lower_fence", fence.lower) if code in _LOWER else ("upper_fence", fence.upper)
    return {"q1": round(fence.q1, 4), "q3": round(fence.q3, 4), name: round(value, 4)}


def maps(study: Study, rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Which organizations were flagged because of which process, in Cardinal's names."""
    found: dict[str, dict[str, Any]] = {}
    names: dict[int, str] = {}
    rows = list(rows)
    wanted = sorted({row["seq"] for row in rows if row["about"] == "Tenderer" and row["seq"] is not None})
    f = study.features
    if wanted:
        pairs = f.filter(f.seq.isin(wanted)).select("seq", "ocid").to_pyarrow().to_pylist()
        names = {pair["seq"]: pair["ocid"] for pair in pairs}
    for row in rows:
        if row["about"] == "Tenderer" and row["seq"] in names:
            key = f"ocid_tenderer_{row['code'].lower()}"
            listed = found.setdefault(key, {}).setdefault(names[row["seq"]], [])
            if row["id"] not in listed:
                listed.append(row["id"])
    if "R038" in study.settings.enabled:
        for key, column in (("ocid_buyer_r038", "buyer"), ("ocid_procuringentity_r038", "entity")):
            touched = f.filter(f.included & (f.disqualified > 0) & f[column].notnull())
            pairs = touched.select("ocid", organization=touched[column]).to_pyarrow().to_pylist()
            if pairs:
                found[key] = {pair["ocid"]: pair["organization"] for pair in pairs}
    return found


def evidence(row: Row) -> dict[str, Any]:
    """One verdict as data: state, figures, the paths looked at and the sentence in Thai and English."""
    entry = CATALOG[row["code"]]
    figures = {name: row[f"fact{at}"] for at, name in enumerate(entry.facts[:FACTS])}
    told = {"value": row["value"], "threshold": row["threshold"], **figures}
    speaks = row["state"] == FLAGGED and all(_is_told(entry.sentence, name, told) for name in told)
    return {
        "about": row["about"],
        "id": row["id"],
        "code": row["code"],
        "state": row["state"],
        "value": row["value"],
        "threshold": row["threshold"],
        "unit": entry.unit,
        "facts": figures,
        "inputs": [path for choice in entry.needs for path in choice],
        "sentence": entry.sentence.format(**told) if speaks else None,
        "sentence_th": entry.sentence_th.format(**told) if speaks else None,
    }


def _is_told(sentence: str, name: str, told: Mapping[str, Any]) -> bool:
    return told[name] is not None or "{" + name not in sentence
