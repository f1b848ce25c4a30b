"""How far a sorter may be trusted, as a standing picture: SVG with its own words, readable without colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sala.engines.charts import Chart, Drawing, Language, Scale, Table, per_cent

WIDTH, HEIGHT, SIDE, TOP, LEFT, GAP = 1000, 640, 400, 130, 70, 110
ACROSS = Scale(0.0, 1.0, LEFT, LEFT + SIDE)


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
    texts: str


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
        "ข้อความ",
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
        "Texts",
    ),
}


def to_svg(figures: Mapping[str, Any], language: Language = "th") -> str:
    """The picture as a file of its own: see `draw`."""
    return draw(figures, language).to_svg(standalone=True)


def draw(figures: Mapping[str, Any], language: Language = "th") -> Chart:
    """Draw what `evaluate` returned: the risk–coverage curve with the promises on it, and the reliability.

    Left, precision against coverage as the least sure texts are left to people one after another (El-Yaniv
    and Wiener 2010); right, how many were right of the texts told with each confidence (DeGroot and
    Fienberg 1983). Shares are 0 to 1 in `figures` and per cent in the picture.
    """
    words, drawing, right = WORDS[language], Drawing(), Drawing()
    told = words.about.format(
        n=figures["n"], top1=per_cent(figures["top1"], 1), top3=per_cent(figures["top3"], 1)
    )
    promises = [_promise(figures, promise, words) for promise in _promises(figures)]
    drawing.text(LEFT - 40, 40, words.title, "title")
    drawing.text(LEFT - 40, 68, told, "label")
    _curve(drawing, figures, words)
    _reliability(right, figures["reliability"], words)
    drawing.group(right, x=SIDE + GAP)
    for row, line in enumerate(promises):
        drawing.text(LEFT - 40, TOP + SIDE + 62 + 22 * row, line, "label")
    height = HEIGHT + 22 * max(0, len(promises) - 2)
    described = ". ".join([told, *promises])
    return Chart(words.title, described, WIDTH, height, drawing, _table(figures, words), language)


def _table(figures: Mapping[str, Any], words: Words) -> Table:
    """The reliability bin by bin; the promises stand in the description."""
    rows = tuple(
        (per_cent(one["confidence"], 1), per_cent(one["right"], 1), one["n"])
        for one in figures["reliability"]
    )
    return Table(words.reliability, (words.confidence, words.right, words.texts), rows)


def _promises(figures: Mapping[str, Any]) -> list[str]:
    return sorted(name.removeprefix("coverage_at_") for name in figures if name.startswith("coverage_at_"))


def _promise(figures: Mapping[str, Any], promise: str, words: Words) -> str:
    coverage, precision = figures[f"coverage_at_{promise}"], figures[f"precision_at_{promise}"]
    if precision is None:
        return words.none.format(promise=promise)
    return words.promise.format(
        promise=promise, coverage=per_cent(coverage, 1), precision=per_cent(precision, 1)
    )


def _curve(drawing: Drawing, figures: Mapping[str, Any], words: Words) -> None:
    points = figures["risk_coverage"]
    lowest = min(point["precision"] for point in points)
    floor = max(0.0, min(0.9, int(lowest * 10) / 10))
    up = Scale(floor, 1.0, TOP + SIDE, TOP)
    _frame(drawing, words.curve, words.coverage, words.precision, up)
    drawing.polyline(
        [(ACROSS.place(point["coverage"]), up.place(point["precision"])) for point in points], "line-1"
    )
    for promise in _promises(figures):
        if figures[f"precision_at_{promise}"] is not None:
            x = ACROSS.place(figures[f"coverage_at_{promise}"])
            y = up.place(figures[f"precision_at_{promise}"])
            drawing.circle(x, y, 6, "paper limit")
            drawing.text(x - 10, y + 18, f"{promise} %", "small strong", anchor="end")


def _reliability(drawing: Drawing, bins: Sequence[Mapping[str, float]], words: Words) -> None:
    up = Scale(0.0, 1.0, TOP + SIDE, TOP)
    _frame(drawing, words.reliability, words.confidence, words.right, up)
    drawing.line(ACROSS.place(0), up.place(0), ACROSS.place(1), up.place(1), "axis dashed")
    most = max(one["n"] for one in bins)
    for one in bins:
        hint = f"{per_cent(one['confidence'], 1)} → {per_cent(one['right'], 1)} ({one['n']:,})"
        radius = 3 + 9 * (one["n"] / most) ** 0.5
        drawing.circle(ACROSS.place(one["confidence"]), up.place(one["right"]), radius, "fill-1 seen", hint)
    drawing.text(LEFT, TOP + SIDE + 62, words.even, "small soft")


def _frame(drawing: Drawing, title: str, below: str, beside: str, up: Scale) -> None:
    """A square field with a line and a figure at each fifth."""
    drawing.text(LEFT - 40, TOP - 30, title, "head")
    drawing.text(LEFT - 40, TOP - 10, beside, "small soft")
    for fifth in range(6):
        share = fifth / 5
        height = up.low + (up.high - up.low) * share
        x, y = ACROSS.place(share), up.place(height)
        drawing.line(LEFT, y, LEFT + SIDE, y, "grid")
        drawing.line(x, TOP, x, TOP + SIDE, "grid")
        drawing.text(x, TOP + SIDE + 18, per_cent(share), "small soft", anchor="middle")
        drawing.text(LEFT - 8, y + 4, per_cent(height), "small soft", anchor="end")
    drawing.text(LEFT + SIDE, TOP + SIDE + 38, below, "small soft", anchor="end")
