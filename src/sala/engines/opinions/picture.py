"""An opinion map as a standing picture: SVG with its own words, in Thai or English, readable without
colour."""

from dataclasses import dataclass

import numpy as np

from sala.engines.charts import SERIES, Chart, Drawing, Language, Table
from sala.engines.opinions.comments import as_id
from sala.engines.opinions.document import group_name
from sala.engines.opinions.drawing import OpinionGroup, OpinionMap
from sala.engines.opinions.kmeans import find_base, sample_people
from sala.engines.opinions.votes import FloatArray

WIDTH, HEIGHT, FIELD, MARGIN = 1040, 680, 620, 30
MOST_DOTS = 1500  # more people than this are drawn as knots, each as large as the people in it
KNOTS_PER_GROUP = 120
LEGEND = MARGIN * 2 + FIELD


@dataclass(frozen=True)
class Words:
    """The words in the picture."""

    title: str
    about: str
    about_knots: str
    group: str
    people: str
    agree: str
    disagree: str
    too_small: str
    outside: str
    warning: str
    stability: str
    said: str


WORDS: dict[Language, Words] = {
    "th": Words(
        "แผนที่ความคิดเห็น",
        "แต่ละจุดคือผู้ร่วมลงความเห็นหนึ่งคน คนที่ตอบคล้ายกันอยู่ใกล้กัน",
        "แต่ละวงคือผู้คนที่ตอบคล้ายกัน วงยิ่งใหญ่คนยิ่งมาก วงที่อยู่ใกล้กันคือคนที่คิดใกล้กัน",
        "กลุ่ม",
        "คน",
        "เห็นด้วย",
        "ไม่เห็นด้วย",
        "กลุ่มเล็กเกินกว่าจะแสดงรายละเอียด",
        "ตอบยังไม่มากพอที่จะจัดกลุ่ม",
        "ไม่ใช่ผลสำรวจ ผู้ตอบสมัครใจเข้ามาเอง จึงไม่ใช่ตัวแทนของประชาชนทั้งหมด",
        "ความมั่นคงของการแบ่งกลุ่ม",
        "สิ่งที่กลุ่มนี้บอก",
    ),
    "en": Words(
        "Opinion map",
        "Each dot is one person; people who answered alike stand near each other",
        "Each circle is people who answered alike, larger for more people; near circles think alike",
        "Group",
        "people",
        "agree",
        "disagree",
        "too small to show more",
        "too few votes to be placed in a group",
        "Not a poll: people chose to take part and do not stand for everybody",
        "Firmness of the groups",
        "What the group says",
    ),
}


def to_svg(drawn: OpinionMap, language: Language = "th") -> str:
    """The map as a file of its own: see `draw`."""
    return draw(drawn, language).to_svg(standalone=True)


def draw(drawn: OpinionMap, language: Language = "th") -> Chart:
    """Draw the map: people as dots, groups as fields with a letter, and a legend with what each group says."""
    words, drawing = WORDS[language], Drawing()
    points = _on_paper(drawn.projection.places)
    for group in drawn.groups:
        _field(drawing, points[drawn.labels == group.number], group)
    _dots(drawing, points[drawn.labels < 0], "open-6")
    for group in drawn.groups:
        _dots(drawing, points[drawn.labels == group.number], f"fill-{_colour(group.number)} seen")
    for group in drawn.groups:
        _letter(drawing, points[drawn.labels == group.number], group)
    bottom = _legend(drawing, drawn, words)
    about = f"{_about(drawn, words)}. {words.warning}"
    height = max(HEIGHT, int(bottom) + 60)
    drawing.text(MARGIN, height - 22, about, "small", width=WIDTH - 2 * MARGIN)
    return Chart(
        words.title, _described(drawn, words), WIDTH, height, drawing, _table(drawn, words), language
    )


def _table(drawn: OpinionMap, words: Words) -> Table:
    rows = [
        (f"{words.group} {group_name(group.number)}", group.size, "; ".join(_said(drawn, group, words)))
        for group in drawn.groups
    ]
    outside = int((drawn.labels < 0).sum())
    if outside:
        rows.append((words.outside, outside, ""))
    return Table(words.title, (words.group, words.people, words.said), tuple(rows))


def _on_paper(places: FloatArray) -> FloatArray:
    """Fit to the field with equal scales both ways; the farthest few in a hundred are held at the edge."""
    low, high = np.quantile(places, (0.005, 0.995), axis=0)
    reach = float((high - low).max()) / 2 or 1.0
    held = np.clip((places - (low + high) / 2) / reach, -1.0, 1.0)
    half = FIELD / 2
    return np.column_stack(
        [MARGIN + half + held[:, 0] * half * 0.96, MARGIN + half - held[:, 1] * half * 0.96]
    )


def _field(drawing: Drawing, points: FloatArray, group: OpinionGroup) -> None:
    """The area of a group: the hull of the nine tenths nearest its middle."""
    if group.is_suppressed:
        return
    far = np.linalg.norm(points - np.median(points, axis=0), axis=1)
    core = np.unique(points[far <= np.quantile(far, 0.9)], axis=0)
    colour = _colour(group.number)
    drawing.polygon(hull(core), f"field fill-{colour} edge-{colour}")


def hull(points: FloatArray) -> list[tuple[float, float]]:
    """The corners of the convex hull, one turn round (Andrew's monotone chain); `points` sorted and
    distinct."""

    def chain(sequence: list[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for x, y in sequence:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], (x, y)) <= 0:
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    ordered = [(float(x), float(y)) for x, y in points]
    return ordered if len(ordered) < 3 else chain(ordered) + chain(ordered[::-1])


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Positive where a, b, c turn left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _dots(drawing: Drawing, points: FloatArray, kind: str) -> None:
    if not len(points):
        return
    if len(points) <= MOST_DOTS:
        centres, sizes = points, np.full(len(points), 3.0)
    else:
        base = find_base(sample_people(points), KNOTS_PER_GROUP)
        centres, sizes = base.centres, 3.0 + 14.0 * np.sqrt(base.weights / base.weights.max())
    dots = Drawing()
    for (x, y), size in zip(centres.tolist(), sizes.tolist(), strict=True):
        dots.circle(x, y, size, kind)
    drawing.group(dots)


def _letter(drawing: Drawing, points: FloatArray, group: OpinionGroup) -> None:
    if not group.is_suppressed:
        x, y = np.median(points, axis=0)
        kind = f"letter halo fill-{_colour(group.number)}"
        drawing.text(float(x), float(y) + 12, group_name(group.number), kind, anchor="middle")


def _legend(drawing: Drawing, drawn: OpinionMap, words: Words) -> float:
    """Beside the field: each group with its size and what it says; returns where it ends."""
    room = WIDTH - LEGEND - 22 - 8
    drawing.text(LEGEND, 54, words.title, "title")
    y = 66.0
    for group in drawn.groups:
        y += 34
        head = f"{words.group} {group_name(group.number)} · {group.size:,} {words.people}"
        drawing.circle(LEGEND + 7, y - 6, 7, f"fill-{_colour(group.number)}")
        drawing.text(LEGEND + 22, y, head, "head")
        for told in _said(drawn, group, words):
            y += 22
            drawing.text(LEGEND + 22, y, told, "small", width=room)
    outside = int((drawn.labels < 0).sum())
    if outside:
        y += 34
        drawing.circle(LEGEND + 7, y - 5, 5, "open-6")
        drawing.text(LEGEND + 22, y, f"{outside:,} {words.people}: {words.outside}", "small", width=room)
    if drawn.stability:
        y += 26
        drawing.text(LEGEND, y, f"{words.stability} {drawn.stability.mean:.2f}", "small")
    return y


def _said(drawn: OpinionMap, group: OpinionGroup, words: Words) -> list[str]:
    if group.is_suppressed:
        return [words.too_small]
    told = []
    for figure in group.representative[: 3 if len(drawn.groups) <= 3 else 2]:
        one = drawn.votes.statements[figure.statement].item()
        comment = drawn.comments.get(as_id(one))
        side = words.agree if figure.side == "agree" else words.disagree
        share = round(100 * figure.count / max(figure.seen, 1))
        told.append(f"{share}% {side}: {comment.text if comment else f'#{one}'}")
    return told


def _described(drawn: OpinionMap, words: Words) -> str:
    sizes = ", ".join(
        f"{words.group} {group_name(one.number)} {one.size:,} {words.people}" for one in drawn.groups
    )
    return f"{_about(drawn, words)}. {sizes}. {words.warning}"


def _about(drawn: OpinionMap, words: Words) -> str:
    return words.about_knots if max(group.size for group in drawn.groups) > MOST_DOTS else words.about


def _colour(number: int) -> int:
    """The series colour of a group; the last one is for those in none."""
    return number % (SERIES - 1) + 1
