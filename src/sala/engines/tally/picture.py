"""The rounds of a count as a standing picture: SVG with its own words, readable without colour."""

import unicodedata
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from sala.engines.tally.words import Language, tell_refusal, tell_round, tell_total, word

WIDTH, BAR_LEFT, BAR_WIDTH, ROW, MARGIN = 1100, 330, 380, 34, 24
HEAD = 96
LONGEST_NAME, LONGEST_REASON = 40, 60
MOST_ROWS = 400
INDIGO, INK, SOFT, LINE = "#24376f", "#1a1b20", "#55565e", "#8d8778"
FACE = "'IBM Plex Sans Thai Looped','Noto Sans Thai Looped',Sarabun,sans-serif"


def to_svg(report: Mapping[str, Any], names: Mapping[str, str], language: Language = "th") -> str:
    """Draw a reported count: money round by round, then what was there for the projects left out.

    `names` are the projects' names by id. At most 400 rows are drawn; the report has them all.
    """
    scale = BAR_WIDTH / max([report["budget"], *(one["cost"] for one in report["not_funded"]), 1])
    rows = [_funded(one, report, names, scale, language) for one in report["rounds"][:MOST_ROWS]]
    left_out = report["not_funded"][: MOST_ROWS - len(rows)]
    tail = [_left_out(one, names, scale, language) for one in left_out]
    parts = [_text(MARGIN, 34, word("title", language), 20, INK, bold=True)]
    parts.append(_text(MARGIN, 58, tell_total(report, language), 14, INK))
    parts.append(_text(MARGIN, 80, word("about", language), 13, SOFT))
    top = HEAD
    for row in rows:
        parts.append(f'<g transform="translate(0 {top})">{row}</g>')
        top += ROW
    limit = BAR_LEFT + report["budget"] * scale
    parts.append(f'<path d="M{limit:.1f} {HEAD}V{top}" stroke="{INK}" stroke-width="2"/>')
    if tail:
        parts.append(_text(MARGIN, top + 30, word("not_funded", language), 16, INK, bold=True))
        parts.append(_text(BAR_LEFT, top + 30, word("about_not", language), 13, SOFT))
        top += 44
    for row in tail:
        parts.append(f'<g transform="translate(0 {top})">{row}</g>')
        top += ROW
    height = top + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" lang="{language}" font-family="{FACE}">'
        f"<title>{escape(word('title', language))}</title>"
        f"<desc>{escape(tell_total(report, language))}</desc>"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _funded(
    one: Mapping[str, Any],
    report: Mapping[str, Any],
    names: Mapping[str, str],
    scale: float,
    language: Language,
) -> str:
    begin = BAR_LEFT + (report["budget"] - one["left"] - one["cost"]) * scale
    bar = _bar(begin, one["cost"] * scale, INDIGO)
    why = tell_round(one, report["settings"], language)
    return _row(f"{one['round']}. {one['project']} {names.get(one['project'], '')}", bar, one["cost"], why)


def _left_out(one: Mapping[str, Any], names: Mapping[str, str], scale: float, language: Language) -> str:
    there = min(one["cost"], one.get("supporters_hold", one.get("left", 0)))
    bar = _bar(BAR_LEFT, one["cost"] * scale, "none") + _bar(BAR_LEFT, there * scale, LINE)
    label = f"{one['project']} {names.get(one['project'], '')}"
    return _row(label, bar, one["cost"], tell_refusal(one, language))


def _row(label: str, bar: str, cost: float, why: str) -> str:
    beside = BAR_LEFT + BAR_WIDTH + 12
    return (
        _text(MARGIN, 20, _cut(label, LONGEST_NAME), 14, INK)
        + bar
        + _text(beside, 13, f"{cost:,}", 13, INK, bold=True)
        + _text(beside, 29, _cut(why, LONGEST_REASON), 12, SOFT)
    )


def _bar(left: float, width: float, fill: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="6" width="{max(width, 1):.1f}" height="18" '
        f'fill="{fill}" stroke="{INDIGO if fill != LINE else LINE}"/>'
    )


def _text(left: float, top: float, text: str, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{left}" y="{top}" font-size="{size}" fill="{colour}"{weight}>{escape(text)}</text>'


def _cut(text: str, longest: int) -> str:
    """At most so many columns; Thai marks above and below letters take none."""
    plain = " ".join(text.split())
    width = 0
    for place, letter in enumerate(plain):
        width += unicodedata.category(letter) not in ("Mn", "Me", "Cf")
        if width > longest:
            return plain[:place] + "…"
    return plain
