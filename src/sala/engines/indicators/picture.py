"""The distributions of a study as a standing picture: SVG with its own words, readable without colour."""

from collections.abc import Iterable
from typing import Final

from sala.engines.charts import Chart, Drawing, Language, Scale, Table, figure
from sala.engines.indicators.catalog import CATALOG
from sala.engines.indicators.distributions import Bar, Distribution
from sala.engines.indicators.verdicts import STATES

WIDTH, MARGIN, HEAD, ROW = 1100, 24, 108, 118
PLOT_LEFT, PLOT_WIDTH, PLOT_HEIGHT = 470, 600, 62
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
        "code": "ข้อ",
        "low": "ต่ำสุด",
        "middle": "ครึ่งกลาง",
        "high": "สูงสุด",
        "limit": "เกณฑ์",
        "of_flagged": "ควรตรวจดู",
        "of_clear": "ไม่พบ",
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
        "code": "Indicator",
        "low": "Least",
        "middle": "Middle half",
        "high": "Most",
        "limit": "Fence",
        "of_flagged": "Flagged",
        "of_clear": "Clear",
    },
}


def to_svg(found: Iterable[Distribution], language: Language = "th") -> str:
    """The picture as a file of its own: see `draw`."""
    return draw(found, language).to_svg(standalone=True)


def draw(found: Iterable[Distribution], language: Language = "th") -> Chart:
    """Draw distributions one below another: title, states and values of each, with its fence."""
    words, rows, drawing = _WORDS[language], list(found), Drawing()
    drawing.text(MARGIN, 34, words["title"], "title")
    drawing.text(MARGIN, 58, words["never"], "label")
    drawing.text(MARGIN, 80, words["key"], "small soft", width=WIDTH - 2 * MARGIN)
    for at, one in enumerate(rows):
        drawing.group(_panel(one, language), y=HEAD + ROW * at)
    told = "; ".join(
        f"{one.code}: {words['flagged'].format(count=one.states.get('flagged', 0))}" for one in rows
    )
    height = HEAD + ROW * len(rows) + MARGIN
    return Chart(words["title"], told, WIDTH, height, drawing, _table(rows, language), language)


def _table(rows: list[Distribution], language: Language) -> Table:
    words = _WORDS[language]
    columns = ("code", "of_flagged", "of_clear", "low", "middle", "high", "limit")
    cells = tuple(
        (
            f"{one.code} {_title(one, language)}",
            one.states.get("flagged", 0),
            one.states.get("clear", 0),
            figure(one.low) if one.bars else "",
            "" if one.quartiles is None else f"{figure(one.quartiles.q1)} – {figure(one.quartiles.q3)}",
            figure(one.high) if one.bars else "",
            "" if one.fence is None else figure(one.fence),
        )
        for one in rows
    )
    return Table(words["title"], tuple(words[name] for name in columns), cells)


def _title(one: Distribution, language: Language) -> str:
    entry = CATALOG[one.code]
    return entry.title_th if language == "th" else entry.title


def _panel(one: Distribution, language: Language) -> Drawing:
    words, panel = _WORDS[language], Drawing()
    states = [
        words[state].format(count=f"{one.states[state]:,}") for state in STATES if one.states.get(state)
    ]
    room = PLOT_LEFT - MARGIN - 16
    panel.line(MARGIN, -8, WIDTH - MARGIN, -8, "grid")
    panel.text(MARGIN, 16, f"{one.code} · {words[one.about]}", "small soft")
    panel.text(MARGIN, 38, _title(one, language), "label strong", width=room)
    for at, line in enumerate(_pairs(states)):
        panel.text(MARGIN, 60 + 18 * at, line, "small", width=room)
    if one.bars:
        _plot(panel, one, words)
    else:
        panel.text(PLOT_LEFT, 40, words["none"], "small soft")
    return panel


def _pairs(states: list[str]) -> list[str]:
    return [" · ".join(states[at : at + 2]) for at in range(0, len(states), 2)]


def _plot(panel: Drawing, one: Distribution, words: dict[str, str]) -> None:
    step, tallest = PLOT_WIDTH / len(one.bars), max(bar.clear + bar.flagged for bar in one.bars) or 1
    for at, bar in enumerate(one.bars):
        _bar(panel, bar, PLOT_LEFT + at * step, step, tallest)
    panel.line(PLOT_LEFT, PLOT_HEIGHT, PLOT_LEFT + PLOT_WIDTH, PLOT_HEIGHT, "axis")
    scale = Scale(one.low, one.high, PLOT_LEFT, PLOT_LEFT + PLOT_WIDTH)
    if one.quartiles is not None:
        left, right = scale.place(one.quartiles.q1), scale.place(one.quartiles.q3)
        panel.rect(left, PLOT_HEIGHT + 5, max(right - left, 2), 6, "band")
    low = ("≤ " if one.goes_below else "") + figure(one.low)
    high = ("≥ " if one.goes_above else "") + figure(one.high)
    panel.text(PLOT_LEFT, PLOT_HEIGHT + 30, low, "small soft")
    panel.text(PLOT_LEFT + PLOT_WIDTH, PLOT_HEIGHT + 30, high, "small soft", anchor="end")
    if one.fence is not None:
        _fence(panel, scale.place(one.fence), words["fence"].format(figure=figure(one.fence)))


def _bar(panel: Drawing, bar: Bar, left: float, step: float, tallest: int) -> None:
    """Flagged below, clear on top of it; the smallest count can still be seen."""
    bottom = float(PLOT_HEIGHT)
    for count, kind, least in ((bar.flagged, "fill-1 edge-1", 2), (bar.clear, "open-1", 4)):
        if count:
            tall = max(count / tallest * (PLOT_HEIGHT - 12), least)
            bottom -= tall
            panel.rect(left + 1, bottom, step - 2, tall, kind)


def _fence(panel: Drawing, at: float, label: str) -> None:
    """A broken line with its figure on the side where there is room."""
    is_far = at > PLOT_LEFT + PLOT_WIDTH / 2
    panel.line(at, -2, at, PLOT_HEIGHT + 14, "limit dashed")
    panel.text(at - 6 if is_far else at + 6, 8, label, "small", anchor="end" if is_far else "start")
