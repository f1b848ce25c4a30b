"""Run the enabled indicators and put what they find into Cardinal's shape or plain rows with evidence."""

from collections.abc import Iterable, Iterator, Mapping
from math import copysign, floor
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
from sala.engines.indicators.settings import Settings
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


def meta(statistics: Statistics, settings: Settings) -> dict[str, dict[str, Any]]:
    """Quartiles and fences in force by indicator code, rounded to four decimals; null where there are none.

    Cardinal's indicators have Cardinal's names, those of one kind of organization with the kind before them.
    """
    found: dict[str, dict[str, Any]] = {code: {} for code in settings.enabled}
    for key, fence in statistics.known.items():
        for code in ("R024", "R058") if key == "gap" else (key.split(".")[0],):
            group = key.partition(".")[2]
            if code in found and (fence is not None or not group):
                figures = _figures(code, fence, settings.number(code, "threshold"))
                found[code].update({f"{group}_{name}" if group else name: at for name, at in figures.items()})
    for code in _FENCED & set(found):
        if not found[code]:
            found[code] = _figures(code, None, settings.number(code, "threshold"))
    if "R025" in found:
        found["R025"]["upper_fence"] = _rounded(statistics.percentiles.get("R025"))
    return {code: figures for code, figures in found.items() if figures}


_LOWER = {"R019", "R024", "R025"}
_FENCED = {"R024", "R025", "R048", "R058"}


def _figures(code: str, fence: Quartiles | None, threshold: float | None) -> dict[str, float | None]:
    name = "lower_fence" if code in _LOWER else "upper_fence"
    if threshold is not None:
        return {name: _rounded(threshold)}
    if fence is None:
        return {"q1": None, "q3": None, name: None}
    value = fence.lower if code in _LOWER else fence.upper
    return {"q1": _rounded(fence.q1), "q3": _rounded(fence.q3), name: _rounded(value)}


def _rounded(value: float | None) -> float | None:
    """To four decimals, a half away from zero."""
    if value is None:
        return None
    shifted = abs(value) * 10_000
    whole = floor(shifted)
    return copysign((whole + (shifted - whole >= 0.5)) / 10_000, value)


_BECAUSE_OF = ("R024", "R028", "R030", "R035", "R058")


def maps(study: Study, rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Which organizations took part in, or were flagged because of, which process, in Cardinal's names."""
    rows = list(rows)
    f = study.features
    found: dict[str, dict[str, Any]] = {"ocid_buyer_r038": {}, "ocid_procuringentity_r038": {}}
    found["ocid_tenderer"] = {}
    found |= {f"ocid_tenderer_{code.lower()}": {} for code in _BECAUSE_OF}
    wanted = sorted({row["seq"] for row in rows if row["about"] == "Tenderer" and row["seq"] is not None})
    names = _ocids(f, wanted) if wanted else {}
    for row in rows:
        if row["about"] == "Tenderer" and row["seq"] in names:
            key = f"ocid_tenderer_{row['code'].lower()}"
            listed = found.setdefault(key, {}).setdefault(names[row["seq"]], [])
            if row["id"] not in listed:
                listed.append(row["id"])
    if {"R025", "R038", "R048"} & set(study.settings.enabled):
        took_part = study.parts.filter(study.parts.submitted > 0).inner_join(f, "seq").select("ocid", "id")
        for pair in took_part.distinct().order_by(["ocid", "id"]).to_pyarrow().to_pylist():
            found["ocid_tenderer"].setdefault(pair["ocid"], []).append(pair["id"])
    if "R038" in study.settings.enabled:
        for key, column in (("ocid_buyer_r038", "buyer"), ("ocid_procuringentity_r038", "entity")):
            touched = f.filter(f.included & (f.disqualified > 0) & f[column].notnull())
            pairs = touched.select("ocid", organization=touched[column]).to_pyarrow().to_pylist()
            found[key] = {pair["ocid"]: pair["organization"] for pair in pairs}
    return found


def _ocids(features: Table, wanted: list[int]) -> dict[int, str]:
    pairs = features.filter(features.seq.isin(wanted)).select("seq", "ocid").to_pyarrow().to_pylist()
    return {pair["seq"]: pair["ocid"] for pair in pairs}


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
