"""The rounds of a count as a standing picture: SVG with its own words, readable without colour."""

from collections.abc import Mapping
from typing import Any

from sala.engines.charts import Chart, Drawing, Scale, Table
from sala.engines.tally.words import Language, tell_refusal, tell_round, tell_total, word

WIDTH, BAR_LEFT, BAR_WIDTH, ROW, MARGIN = 1180, 330, 380, 34, 24
HEAD = 96
MOST_ROWS = 400


def to_svg(report: Mapping[str, Any], names: Mapping[str, str], language: Language = "th") -> str:
    """The picture of a reported count as a file of its own: see `draw`."""
    return draw(report, names, language).to_svg(standalone=True)


def draw(report: Mapping[str, Any], names: Mapping[str, str], language: Language = "th") -> Chart:
    """Draw a reported count: money round by round, then what was there for the projects left out.

    `names` are the projects' names by id. At most 400 rows are drawn; the table and the report have them all.
    """
    dearest = max([report["budget"], *(one["cost"] for one in report["not_funded"]), 1])
    scale, drawing = Scale(0, dearest, BAR_LEFT, BAR_LEFT + BAR_WIDTH), Drawing()
    funded, left_out = report["rounds"][:MOST_ROWS], report["not_funded"]
    drawing.text(MARGIN, 34, word("title", language), "title")
    drawing.text(MARGIN, 58, tell_total(report, language), "label")
    drawing.text(MARGIN, 80, word("about", language), "small soft")
    top = HEAD
    for one in funded:
        drawing.group(_funded(one, report, names, scale, language), y=top)
        top += ROW
    limit = scale.place(report["budget"])
    drawing.line(limit, HEAD, limit, top, "limit")
    left_out = left_out[: MOST_ROWS - len(funded)]
    if left_out:
        drawing.text(MARGIN, top + 30, word("not_funded", language), "head")
        drawing.text(BAR_LEFT, top + 30, word("about_not", language), "small soft")
        top += 44
    for one in left_out:
        drawing.group(_left_out(one, names, scale, language), y=top)
        top += ROW
    return Chart(
        word("title", language),
        tell_total(report, language),
        WIDTH,
        top + MARGIN,
        drawing,
        _table(report, names, language),
        language,
    )


def _table(report: Mapping[str, Any], names: Mapping[str, str], language: Language) -> Table:
    rows = [
        (one["round"], one["project"], names.get(one["project"], ""), one["cost"], why)
        for one in report["rounds"]
        for why in [tell_round(one, report["settings"], language)]
    ]
    rows += [
        (word("not_funded", language), one["project"], names.get(one["project"], ""), one["cost"], why)
        for one in report["not_funded"]
        for why in [tell_refusal(one, language)]
    ]
    heads = tuple(word(name, language) for name in ("round", "project", "name", "cost", "why"))
    return Table(word("title", language), heads, tuple(rows))


def _funded(
    one: Mapping[str, Any],
    report: Mapping[str, Any],
    names: Mapping[str, str],
    scale: Scale,
    language: Language,
) -> Drawing:
    why = tell_round(one, report["settings"], language)
    row = _row(f"{one['round']}. {_named(one, names)}", one["cost"], why)
    begin = scale.place(report["budget"] - one["left"] - one["cost"])
    row.rect(begin, 6, scale.place(one["cost"]) - BAR_LEFT, 18, "fill-1")
    return row


def _left_out(one: Mapping[str, Any], names: Mapping[str, str], scale: Scale, language: Language) -> Drawing:
    row = _row(_named(one, names), one["cost"], tell_refusal(one, language))
    there = min(one["cost"], one.get("supporters_hold", one.get("left", 0)))
    row.rect(BAR_LEFT, 6, scale.place(one["cost"]) - BAR_LEFT, 18, "open-1")
    row.rect(BAR_LEFT, 6, scale.place(there) - BAR_LEFT, 18, "band")
    return row


def _named(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"{one['project']} {names.get(one['project'], '')}"


def _row(label: str, cost: float, why: str) -> Drawing:
    row, beside = Drawing(), BAR_LEFT + BAR_WIDTH + 12
    row.text(MARGIN, 20, label, "label", width=BAR_LEFT - MARGIN - 12)
    row.text(beside, 13, f"{cost:,}", "small strong")
    row.text(beside, 29, why, "small soft", width=WIDTH - beside - MARGIN)
    return row
