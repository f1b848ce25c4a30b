"""An opinion map as a standing picture: SVG with its own words, in Thai or English, readable without
colour."""

import unicodedata
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

import numpy as np

from sala.engines.opinions.comments import as_id
from sala.engines.opinions.document import group_name
from sala.engines.opinions.drawing import OpinionGroup, OpinionMap
from sala.engines.opinions.kmeans import find_base, sample_people
from sala.engines.opinions.votes import FloatArray

WIDTH, HEIGHT, FIELD, MARGIN = 1040, 680, 620, 30
MOST_DOTS = 1500  # more people than this are drawn as knots, each as large as the people in it
KNOTS_PER_GROUP = 120
WIDEST = 50  # letters in a line of the legend
COLOURS = ("#0072B2", "#D55E00", "#007A5A", "#8A4B8C", "#7A6000")  # told apart by colour-blind eyes too
GREY = "#6B7280"


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


WORDS = {
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
    ),
}


def to_svg(drawn: OpinionMap, language: Literal["th", "en"] = "th") -> str:
    """Draw the map: people as dots, groups as fields with a letter, and a legend with what each group
    says."""
    words = WORDS[language]
    points = _on_paper(drawn.projection.places)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" lang="{language}" '
        "font-family=\"'IBM Plex Sans Thai Looped','Noto Sans Thai Looped','Noto Sans Thai',sans-serif\">",
        f"<title>{escape(words.title)}</title><desc>{escape(_described(drawn, words))}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#FFFFFF"/>',
        *[_field(points[drawn.labels == group.number], group) for group in drawn.groups],
        *_dots(points[drawn.labels < 0], GREY, is_hollow=True),
    ]
    for group in drawn.groups:
        parts += _dots(points[drawn.labels == group.number], _colour(group.number))
    parts += [_letter(points[drawn.labels == group.number], group) for group in drawn.groups]
    parts += [*_legend(drawn, words), "</svg>\n"]
    return "\n".join(part for part in parts if part)


def _on_paper(places: FloatArray) -> FloatArray:
    """Fit to the field with equal scales both ways; the farthest few in a hundred are held at the edge."""
    low, high = np.quantile(places, (0.005, 0.995), axis=0)
    reach = float((high - low).max()) / 2 or 1.0
    held = np.clip((places - (low + high) / 2) / reach, -1.0, 1.0)
    half = FIELD / 2
    return np.column_stack(
        [MARGIN + half + held[:, 0] * half * 0.96, MARGIN + half - held[:, 1] * half * 0.96]
    )


def _field(points: FloatArray, group: OpinionGroup) -> str:
    """The area of a group: the hull of the nine tenths nearest its middle."""
    if group.is_suppressed:
        return ""
    far = np.linalg.norm(points - np.median(points, axis=0), axis=1)
    core = np.unique(points[far <= np.quantile(far, 0.9)], axis=0)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in hull(core))
    colour = _colour(group.number)
    return (
        f'<polygon points="{path}" fill="{colour}" fill-opacity="0.10" '
        f'stroke="{colour}" stroke-opacity="0.6" '
        'stroke-width="1.5" stroke-linejoin="round"/>'
    )


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


def _dots(points: FloatArray, colour: str, *, is_hollow: bool = False) -> list[str]:
    if not len(points):
        return []
    paint = (
        f'fill="none" stroke="{colour}" stroke-opacity="0.5"'
        if is_hollow
        else f'fill="{colour}" fill-opacity="0.7"'
    )
    if len(points) <= MOST_DOTS:
        centres, sizes = points, np.full(len(points), 3.0)
    else:
        base = find_base(sample_people(points), KNOTS_PER_GROUP)
        centres, sizes = base.centres, 3.0 + 14.0 * np.sqrt(base.weights / base.weights.max())
    circles = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>'
        for (x, y), size in zip(centres, sizes, strict=True)
    )
    return [f"<g {paint}>", *circles, "</g>"]


def _letter(points: FloatArray, group: OpinionGroup) -> str:
    if group.is_suppressed:
        return ""
    x, y = np.median(points, axis=0)
    return (
        f'<text x="{x:.1f}" y="{y + 12:.1f}" font-size="36" font-weight="700" text-anchor="middle" '
        f'fill="{_colour(group.number)}" stroke="#FFFFFF" stroke-width="6" paint-order="stroke">'
        f"{group_name(group.number)}</text>"
    )


def _legend(drawn: OpinionMap, words: Words) -> list[str]:
    left, y = MARGIN * 2 + FIELD, 54
    parts = [_line(left, y, words.title, size=24, weight=700)]
    y += 12
    for group in drawn.groups:
        y += 34
        head = f"{words.group} {group_name(group.number)} · {group.size:,} {words.people}"
        parts.append(f'<circle cx="{left + 7}" cy="{y - 6}" r="7" fill="{_colour(group.number)}"/>')
        parts.append(_line(left + 22, y, head, size=17, weight=700))
        for told in _said(drawn, group, words):
            y += 22
            parts.append(_line(left + 22, y, told, size=13))
    outside = int((drawn.labels < 0).sum())
    if outside:
        y += 34
        parts.append(f'<circle cx="{left + 7}" cy="{y - 5}" r="5" fill="none" stroke="{GREY}"/>')
        parts.append(_line(left + 22, y, f"{outside:,} {words.people}: {words.outside}", size=13))
    if drawn.stability:
        y += 26
        parts.append(_line(left, y, f"{words.stability} {drawn.stability.mean:.2f}", size=13))
    parts.append(_line(MARGIN, HEIGHT - 22, f"{_about(drawn, words)}. {words.warning}", size=13))
    return parts


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


def shorten(text: str, widest: int = WIDEST) -> str:
    """The beginning of a text on one line, at most so wide, never cut between a letter and its signs.

    A sign above or below a letter has no width, a Chinese character two, every other letter one.
    """
    line, width = " ".join(text.split()), 0
    for place, letter in enumerate(line):
        step = _width(letter)
        if width + step > widest:
            return line[:place].rstrip() + "…"
        width += step
    return line


def _width(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _described(drawn: OpinionMap, words: Words) -> str:
    sizes = ", ".join(
        f"{words.group} {group_name(one.number)} {one.size:,} {words.people}" for one in drawn.groups
    )
    return f"{_about(drawn, words)}. {sizes}. {words.warning}"


def _about(drawn: OpinionMap, words: Words) -> str:
    return words.about_knots if max(group.size for group in drawn.groups) > MOST_DOTS else words.about


def _line(x: float, y: float, text: str, *, size: int, weight: int = 400) -> str:
    whole = _printable(text)
    short = shorten(whole) if x > FIELD else whole
    hint = f"<title>{escape(whole)}</title>" if short != whole else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="#111827">'
        f"{hint}{escape(short)}</text>"
    )


def _printable(text: str) -> str:
    """Without control characters, which XML does not allow."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cc")


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
