"""How far a sorter may be trusted, as a standing picture: SVG with its own words, readable without colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

Language = Literal["th", "en"]
WIDTH, HEIGHT, SIDE, TOP, LEFT, GAP = 1000, 640, 400, 130, 70, 110
INDIGO, INK, SOFT, LINE = "#24376f", "#1a1b20", "#55565e", "#8d8778"
FACE = "'IBM Plex Sans Thai Looped','Noto Sans Thai Looped',Sarabun,sans-serif"


@dataclass(frozen=True)
class Words:
    """The words in the picture."""

    title: str
    about: str
    curve: str
    coverage: str
    precision: str
    reliability: str
    confidence: str
    right: str
    promise: str
    none: str
    even: str


WORDS: dict[Language, Words] = {
    "th": Words(
        "ระบบจัดเรื่องเชื่อได้แค่ไหน",
        "ทดสอบกับ {n:,} ข้อความ จัดถูก {top1} ถูกภายในสามอันดับแรก {top3}",
        "ยิ่งให้ระบบส่งเองมาก ยิ่งพลาดมาก",
        "ส่วนที่ระบบส่งเองโดยไม่ผ่านคน",
        "ในนั้นส่งถูก",
        "ความมั่นใจที่บอกไว้ ตรงกับความจริงหรือไม่",
        "ระบบบอกว่ามั่นใจ",
        "ถูกจริง",
        "สัญญา {promise} %: ส่งเอง {coverage} ถูก {precision}",
        "สัญญา {promise} %: ไม่ส่งเองเลย ให้คนอ่านทุกเรื่อง",
        "เส้นประ: บอกเท่าไร ถูกเท่านั้น  วงใหญ่: มีข้อความมาก",
    ),
    "en": Words(
        "How far the sorter may be trusted",
        "Tried on {n:,} texts: {top1} right, {top3} right among the first three",
        "The more goes on alone, the more goes wrong",
        "Share that goes on without a person",
        "Of these, right",
        "Is the confidence told borne out?",
        "Confidence told",
        "Right in truth",
        "Promised {promise} %: {coverage} go on alone, {precision} of them right",
        "Promised {promise} %: none goes on alone, people read them all",
        "Dashed: as right as told.  Larger circle: more texts",
    ),
}


def to_svg(figures: Mapping[str, Any], language: Language = "th") -> str:
    """Draw what `evaluate` returned: the risk–coverage curve with the promises on it, and the reliability.

    Left, precision against coverage as the least sure texts are left to people one after another (El-Yaniv
    and Wiener 2010); right, how many were right of the texts told with each confidence (DeGroot and
    Fienberg 1983). Shares are 0 to 1 in `figures` and per cent in the picture.
    """
    words = WORDS[language]
    told = words.about.format(
        n=figures["n"], top1=_per_cent(figures["top1"]), top3=_per_cent(figures["top3"])
    )
    promises = [_promise(figures, promise, words) for promise in _promises(figures)]
    parts = [
        _text(LEFT - 40, 40, words.title, 22, bold=True),
        _text(LEFT - 40, 68, told, 15),
        _curve(figures, words),
        f'<g transform="translate({SIDE + GAP} 0)">{_reliability(figures["reliability"], words)}</g>',
        *[_text(LEFT - 40, TOP + SIDE + 62 + 22 * row, line, 14) for row, line in enumerate(promises)],
    ]
    height = HEIGHT + 22 * max(0, len(promises) - 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" lang="{language}" font-family="{FACE}">'
        f"<title>{escape(words.title)}</title><desc>{escape('. '.join([told, *promises]))}</desc>"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _promises(figures: Mapping[str, Any]) -> list[str]:
    return sorted(name.removeprefix("coverage_at_") for name in figures if name.startswith("coverage_at_"))


def _promise(figures: Mapping[str, Any], promise: str, words: Words) -> str:
    coverage, precision = figures[f"coverage_at_{promise}"], figures[f"precision_at_{promise}"]
    if precision is None:
        return words.none.format(promise=promise)
    return words.promise.format(promise=promise, coverage=_per_cent(coverage), precision=_per_cent(precision))


def _curve(figures: Mapping[str, Any], words: Words) -> str:
    points = figures["risk_coverage"]
    lowest = min(point["precision"] for point in points)
    floor = max(0.0, min(0.9, int(lowest * 10) / 10))
    places = [(point["coverage"], (point["precision"] - floor) / (1 - floor)) for point in points]
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in places)
    parts = [
        _frame(words.curve, words.coverage, words.precision, floor),
        f'<polyline points="{path}" fill="none" stroke="{INDIGO}" stroke-width="2.5"/>',
    ]
    for promise in _promises(figures):
        if figures[f"precision_at_{promise}"] is not None:
            x = _x(figures[f"coverage_at_{promise}"])
            y = _y(max(0.0, (figures[f"precision_at_{promise}"] - floor) / (1 - floor)))
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#ffffff" stroke="{INK}" stroke-width="2"/>'
            )
            parts.append(_text(x - 10, y + 18, f"{promise} %", 13, bold=True, anchor="end"))
    return "".join(parts)


def _reliability(bins: Sequence[Mapping[str, float]], words: Words) -> str:
    most = max(one["n"] for one in bins)
    dots = [
        f'<circle cx="{_x(one["confidence"]):.1f}" cy="{_y(one["right"]):.1f}" '
        f'r="{3 + 9 * (one["n"] / most) ** 0.5:.1f}" fill="{INDIGO}" fill-opacity="0.75" stroke="#ffffff">'
        f"<title>{_per_cent(one['confidence'])} → {_per_cent(one['right'])} ({one['n']:,})</title></circle>"
        for one in bins
    ]
    return (
        _frame(words.reliability, words.confidence, words.right, 0.0)
        + f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="{LINE}" stroke-width="1.5" stroke-dasharray="6 5"/>'
        + "".join(dots)
        + _text(LEFT, TOP + SIDE + 62, words.even, 13, colour=SOFT)
    )


def _frame(title: str, below: str, beside: str, floor: float) -> str:
    """A square field with a line and a figure at each fifth; upwards it begins at `floor`."""
    parts = [
        _text(LEFT - 40, TOP - 30, title, 16, bold=True),
        _text(LEFT - 40, TOP - 10, beside, 13, colour=SOFT),
    ]
    for fifth in range(6):
        share = fifth / 5
        x, y = _x(share), _y(share)
        parts.append(f'<path d="M{LEFT} {y}H{LEFT + SIDE}M{x} {TOP}V{TOP + SIDE}" stroke="#e4e0d6"/>')
        parts.append(_text(x, TOP + SIDE + 18, _per_cent(share, 0), 12, colour=SOFT, anchor="middle"))
        height = floor + (1 - floor) * share
        parts.append(_text(LEFT - 8, y + 4, _per_cent(height, 0), 12, colour=SOFT, anchor="end"))
    parts.append(_text(LEFT + SIDE, TOP + SIDE + 38, below, 13, colour=SOFT, anchor="end"))
    return "".join(parts)


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)


def _per_cent(share: float, decimals: int = 1) -> str:
    return f"{100 * share:.{decimals}f} %"


def _text(
    x: float, y: float, text: str, size: int, *, bold: bool = False, colour: str = INK, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{700 if bold else 400}" '
        f'fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
    )
