"""The distributions of a study as a standing picture: SVG with its own words, readable without colour."""

from collections.abc import Iterable
from typing import Final, Literal
from xml.sax.saxutils import escape

from sala.engines.indicators.catalog import CATALOG
from sala.engines.indicators.distributions import Bar, Distribution
from sala.engines.indicators.verdicts import STATES

Language = Literal["th", "en"]
WIDTH, MARGIN, HEAD, ROW = 1100, 24, 108, 118
PLOT_LEFT, PLOT_WIDTH, PLOT_HEIGHT = 470, 600, 62
INDIGO, INK, SOFT, LINE = "#24376f", "#1a1b20", "#55565e", "#8d8778"
FACE = "'IBM Plex Sans Thai Looped','Noto Sans Thai Looped',Sarabun,sans-serif"
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "th": {
        "title": "เหตุที่ควรตรวจดู: ค่าของแต่ละข้อกระจายอย่างไร",
        "never": "เป็นเพียงเหตุให้ตรวจดู ไม่ใช่หลักฐานว่าใครทำผิด",
        "key": "แท่งโปร่งคือรายการที่ไม่พบเหตุ แท่งทึบคือรายการที่ควรตรวจดู เส้นประคือเกณฑ์ แถบใต้แท่งคือครึ่งกลางของทั้งหมด",
        "fence": "เกณฑ์ {figure}",
        "none": "ยังไม่มีค่าให้วาด",
        "flagged": "ควรตรวจดู {count}",
        "clear": "ไม่พบ {count}",
        "insufficient": "ข้อมูลไม่พอ {count}",
        "not_applicable": "ไม่เกี่ยวข้อง {count}",
        "OCID": "งานจัดซื้อจัดจ้าง",
        "Buyer": "ผู้ซื้อ",
        "ProcuringEntity": "หน่วยงานที่จัดซื้อ",
        "Tenderer": "ผู้ยื่นข้อเสนอ",
        "Market": "ตลาด",
    },
    "en": {
        "title": "Reasons to look: how the values of each indicator spread",
        "never": "A reason to look is never proof of anything.",
        "key": "Open bars are clear, full bars flagged; the broken line is the fence; the band is the middle half",
        "fence": "fence {figure}",
        "none": "no value to draw yet",
        "flagged": "flagged {count}",
        "clear": "clear {count}",
        "insufficient": "insufficient data {count}",
        "not_applicable": "not applicable {count}",
        "OCID": "contracting processes",
        "Buyer": "buyers",
        "ProcuringEntity": "procuring entities",
        "Tenderer": "tenderers",
        "Market": "markets",
    },
}


def to_svg(found: Iterable[Distribution], language: Language = "th") -> str:
    """Draw distributions one below another: title, states and values of each, with its fence."""
    words, rows = _WORDS[language], list(found)
    height = HEAD + ROW * len(rows) + MARGIN
    parts = [
        _text(MARGIN, 34, words["title"], 20, INK, bold=True),
        _text(MARGIN, 58, words["never"], 14, INK),
        _text(MARGIN, 80, words["key"], 13, SOFT),
    ]
    for at, one in enumerate(rows):
        parts.append(f'<g transform="translate(0 {HEAD + ROW * at})">{_panel(one, language)}</g>')
    told = "; ".join(
        f"{one.code}: {words['flagged'].format(count=one.states.get('flagged', 0))}" for one in rows
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" lang="{language}" font-family="{FACE}">'
        f"<title>{escape(words['title'])}</title><desc>{escape(told)}</desc>"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _panel(one: Distribution, language: Language) -> str:
    words, entry = _WORDS[language], CATALOG[one.code]
    title = entry.title_th if language == "th" else entry.title
    states = [
        words[state].format(count=f"{one.states[state]:,}") for state in STATES if one.states.get(state)
    ]
    plot = _plot(one, words) if one.bars else _text(PLOT_LEFT, 40, words["none"], 13, SOFT)
    return (
        f'<path d="M{MARGIN} -8H{WIDTH - MARGIN}" stroke="{LINE}" stroke-width="0.5"/>'
        + _text(MARGIN, 16, f"{one.code} · {words[one.about]}", 13, SOFT)
        + _text(MARGIN, 38, title, 15, INK, bold=True)
        + "".join(_text(MARGIN, 60 + 18 * at, line, 13, INK) for at, line in enumerate(_pairs(states)))
        + plot
    )


def _pairs(states: list[str]) -> list[str]:
    return [" · ".join(states[at : at + 2]) for at in range(0, len(states), 2)]


def _plot(one: Distribution, words: dict[str, str]) -> str:
    step, tallest = PLOT_WIDTH / len(one.bars), max(bar.clear + bar.flagged for bar in one.bars) or 1
    bars = "".join(_bar(bar, PLOT_LEFT + at * step, step, tallest) for at, bar in enumerate(one.bars))
    base = f'<path d="M{PLOT_LEFT} {PLOT_HEIGHT}H{PLOT_LEFT + PLOT_WIDTH}" stroke="{INK}"/>'
    low = ("≤ " if one.goes_below else "") + _number(one.low)
    high = ("≥ " if one.goes_above else "") + _number(one.high)
    ends = _text(PLOT_LEFT, PLOT_HEIGHT + 30, low, 12, SOFT)
    ends += _text(PLOT_LEFT + PLOT_WIDTH, PLOT_HEIGHT + 30, high, 12, SOFT, anchor="end")
    return bars + base + _middle(one) + ends + _fence(one, words)


def _bar(bar: Bar, left: float, step: float, tallest: int) -> str:
    """Flagged below, clear on top of it; the smallest count can still be seen."""
    parts, bottom = "", float(PLOT_HEIGHT)
    for count, fill in ((bar.flagged, INDIGO), (bar.clear, "none")):
        if count:
            tall = max(count / tallest * (PLOT_HEIGHT - 12), 2 if fill == INDIGO else 4)
            bottom -= tall
            parts += (
                f'<rect x="{left + 1:.1f}" y="{bottom:.1f}" width="{step - 2:.1f}" height="{tall:.1f}" '
                f'fill="{fill}" stroke="{INDIGO}"/>'
            )
    return parts


def _place(one: Distribution, value: float) -> float:
    share = (value - one.low) / (one.high - one.low)
    return PLOT_LEFT + PLOT_WIDTH * min(max(share, 0.0), 1.0)


def _middle(one: Distribution) -> str:
    if one.quartiles is None:
        return ""
    left, right = _place(one, one.quartiles.q1), _place(one, one.quartiles.q3)
    return f'<rect x="{left:.1f}" y="{PLOT_HEIGHT + 5}" width="{max(right - left, 2):.1f}" height="6" fill="{LINE}"/>'


def _fence(one: Distribution, words: dict[str, str]) -> str:
    if one.fence is None:
        return ""
    at = _place(one, one.fence)
    label = words["fence"].format(figure=_number(one.fence))
    anchor = "end" if at > PLOT_LEFT + PLOT_WIDTH / 2 else "start"
    beside = at - 6 if anchor == "end" else at + 6
    return (
        f'<path d="M{at:.1f} -2V{PLOT_HEIGHT + 14}" stroke="{INK}" stroke-width="2" stroke-dasharray="5 4"/>'
        + _text(beside, 8, label, 12, INK, anchor=anchor)
    )


def _number(value: float) -> str:
    """A figure for reading: whole numbers with separators, others to three digits."""
    if abs(value) >= 1000 or value == int(value):
        return f"{value:,.0f}".replace("-", "−")
    return (f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.3f}").replace("-", "−")


def _text(
    left: float, top: float, text: str, size: int, colour: str, *, bold: bool = False, anchor: str = "start"
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{left:g}" y="{top:g}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>'
        f"{escape(text)}</text>"
    )
