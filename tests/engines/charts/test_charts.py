"""Charts: sound SVG that a strict page takes, true to its figures, readable without sight and without colour."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import charts

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).resolve().parents[3]
MEAN = '<script>alert("1")</script> & \x00\x1b\u202e ที่\ud800\ue000'
NAMES = {"name": "หน่วยงาน"}


def square(x: int) -> str:
    return f"M{x} 0h9v9h-9z"


def every_chart() -> dict[str, charts.Chart]:
    two = [charts.Bar(MEAN, (3, 4)), charts.Bar("ข", (Decimal("0.5"), None)), charts.Bar("ค", (0, 0))]
    ab = ("ก", MEAN)
    stages = [charts.Span(MEAN, 0, 14), charts.Span("ข", 14, 20, "ถึงวันนี้", is_done=False)]
    middles = [charts.Median(MEAN, 1, 2, 5, 40), charts.Median("ข", None, None, None, 1)]
    areas = [charts.Area(MEAN, square(0), 1), charts.Area("ข", square(10), None)]
    dots = [charts.Dot(MEAN, 1, 2), charts.Dot("ข", Fraction(7, 2), -3, 5, 1)]
    labels, rows = ["ม.ค.", MEAN, "มี.ค."], [charts.Series("ก", (1, None, 3)), charts.Series(MEAN, (2, 5, -4))]
    days = {"start_name": "จาก", "end_name": "ถึง"}
    return {
        "bars": charts.bars(MEAN, two, series=ab, about=MEAN, **NAMES),
        "share_bars": charts.share_bars(MEAN, two, series=ab, **NAMES),
        "columns": charts.columns(MEAN, two, series=ab, language="en", **NAMES),
        "lines": charts.lines(MEAN, labels, rows, **NAMES),
        "steps": charts.lines(MEAN, labels, rows, steps=True, **NAMES),
        "scatter": charts.scatter(MEAN, dots, x_name=MEAN, y_name="ข", series=ab, **NAMES),
        "timeline": charts.timeline(MEAN, stages, **days, **NAMES),
        "medians": charts.medians(MEAN, middles, value_name="วัน", count_name="เรื่อง", limit=4, **NAMES),
        "choropleth": charts.choropleth(
            MEAN, areas, size=(20, 10), value_name="ส่วน", none_name="ไม่มีข้อมูล", **NAMES
        ),
        "treemap": charts.treemap(
            MEAN,
            [charts.Part(MEAN, 5), charts.Part("ข", 3, is_gap=True), charts.Part("ค", 0)],
            value_name="บาท",
            **NAMES,
        ),
        "nothing": charts.bars("ว่าง", [], series=("ก",), **NAMES),
        "no points": charts.lines("ว่าง", [], [], **NAMES),
        "no dots": charts.scatter("ว่าง", [], x_name="x", y_name="y", **NAMES),
        "no stages": charts.timeline("ว่าง", [], **days, **NAMES),
        "no areas": charts.choropleth("ว่าง", [], size=(1, 1), value_name="", none_name="ไม่มี", **NAMES),
    }


CHARTS = every_chart()


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_is_sound_and_has_its_words(name: str) -> None:
    chart = CHARTS[name]
    root = ElementTree.fromstring(chart.to_svg())
    assert (root.attrib["role"], root.attrib["lang"]) == ("img", chart.language)
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search("[\u202e\ue000]", chart.to_svg())
    # Sizes are those of the drawing, so that nothing hangs out of the picture.
    width, height = (float(root.attrib[side]) for side in ("width", "height"))
    for mark in root.iter(f"{SVG}rect"):
        x, y, wide, high = (float(mark.attrib[one]) for one in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= width + 1
        assert 0 <= y <= y + high <= height + 1
    for mark in root.iter(f"{SVG}text"):
        assert 0 <= float(mark.attrib["x"]) <= width
        assert 0 <= float(mark.attrib["y"]) <= height


@pytest.mark.parametrize("name", CHARTS)
def test_a_strict_page_takes_the_picture_and_its_stylesheet_knows_every_class(name: str) -> None:
    inside = CHARTS[name].to_svg()
    assert "<style" not in inside
    assert not re.search(r'[ ](style|fill|stroke|font-[a-z]+|on[a-z]+)="', inside)
    used = set(re.findall(r"ch-[a-z0-9-]+", " ".join(re.findall(r'class="([^"]*)"', inside))))
    for style in (charts.STYLE, charts.STANDALONE_STYLE):
        assert used <= set(re.findall(r"\.(ch-[a-z0-9-]+)", style))


@pytest.mark.parametrize("name", CHARTS)
def test_a_file_carries_its_style_and_paper(name: str) -> None:
    root = ElementTree.fromstring(CHARTS[name].to_svg(standalone=True))
    (style,) = root.iter(f"{SVG}style")
    assert "var(" not in style.text  # many programs that show SVG know no variables
    assert "ch-paper" in root[3].attrib["class"]


def test_the_name_and_description_can_be_tied_to_the_picture() -> None:
    root = ElementTree.fromstring(CHARTS["bars"].to_svg(identity="open-matters"))
    assert root.attrib["aria-labelledby"].split() == [root[0].attrib["id"], root[1].attrib["id"]]


def test_the_table_beside_holds_the_figures_as_they_were_given() -> None:
    assert CHARTS["bars"].table.columns == ("หน่วยงาน", "ก", MEAN)
    assert CHARTS["bars"].table.rows == ((MEAN, 3, 4), ("ข", Decimal("0.5"), None), ("ค", 0, 0))
    assert CHARTS["lines"].table.rows[1] == (MEAN, None, 5)
    assert CHARTS["choropleth"].table.rows == ((MEAN, 1), ("ข", None))
    assert CHARTS["medians"].table.rows[1] == ("ข", None, None, None, 1)
    assert CHARTS["scatter"].table.rows[1] == ("ข", Fraction(7, 2), -3, 5)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "3", True, 10**400, object()])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(charts.ChartError):
        charts.bars("ก", [charts.Bar("ข", (value,))], series=("ค",), **NAMES)
    with pytest.raises(charts.ChartError):
        charts.lines("ก", ["1"], [charts.Series("ข", (value,))], **NAMES)


def test_what_cannot_be_stacked_or_ordered_is_refused() -> None:
    minus = [charts.Bar("ข", (1, -1))]
    for draw in (charts.bars, charts.columns, charts.share_bars):
        with pytest.raises(charts.ChartError):
            draw("ก", minus, series=("ค", "ง"), **NAMES)
        with pytest.raises(charts.ChartError):
            draw("ก", minus, series=("ค",), **NAMES)
    with pytest.raises(charts.ChartError):
        charts.timeline("ก", [charts.Span("ข", 2, 1)], start_name="", end_name="", **NAMES)
    with pytest.raises(charts.ChartError):
        charts.choropleth("ก", [], size=(1, 1), value_name="", none_name="", breaks=[2, 1], **NAMES)


def widths(chart: charts.Chart, kind: str) -> list[float]:
    root = ElementTree.fromstring(chart.to_svg())
    return [float(one.attrib["width"]) for one in root.iter(f"{SVG}rect") if one.attrib["class"] == kind]


def test_bars_are_as_long_as_their_values() -> None:
    rows = [charts.Bar(str(n), (n,)) for n in (100, 50, 25)]
    long, half, quarter = widths(charts.bars("ก", rows, series=("ข",), **NAMES), "ch-fill-1")
    assert (half / long, quarter / long) == pytest.approx((0.5, 0.25), abs=0.01)


def test_a_value_that_is_not_known_is_not_drawn_as_zero() -> None:
    rows = [charts.Bar("ไม่รู้", (None,)), charts.Bar("ศูนย์", (0,)), charts.Bar("หนึ่ง", (1,))]
    chart = charts.bars("ก", rows, series=("ข",), **NAMES)
    assert len(widths(chart, "ch-fill-1")) == 1
    told = [text.text for text in ElementTree.fromstring(chart.to_svg()).iter(f"{SVG}text")]
    assert told.count("–") == 1


def test_shares_fill_the_whole_bar_and_nothing_stays_empty() -> None:
    rows = [charts.Bar("ก", (1, 2, 1)), charts.Bar("ข", (0, 0, 0)), charts.Bar("ค", (10, 0, 0))]
    chart = charts.share_bars("ก", rows, series=("เห็นด้วย", "ไม่เห็นด้วย", "งด"), **NAMES)
    _, first, whole = widths(chart, "ch-fill-1")  # the first box is the legend's
    others = widths(chart, "ch-fill-2")[1] + widths(chart, "ch-fill-3")[1]
    assert first + others == pytest.approx(whole, abs=0.3)
    assert "ข –" in chart.description


def test_a_gap_in_a_line_stays_a_gap_and_steps_hold_their_value() -> None:
    series = [charts.Series("ก", (1, 2, None, 4, 5))]
    for steps, corners in ((False, [2, 2]), (True, [3, 3])):
        chart = charts.lines("ก", list("12345"), series, steps=steps, **NAMES)
        drawn = ElementTree.fromstring(chart.to_svg()).iter(f"{SVG}polyline")
        assert [len(line.attrib["points"].split()) for line in drawn] == corners


def test_a_map_has_a_shade_for_each_step_and_its_own_for_nothing_known() -> None:
    areas = [charts.Area(str(n), square(n), n) for n in range(10)] + [charts.Area("ไม่มี", square(99), None)]
    chart = charts.choropleth("ก", areas, size=(100, 10), value_name="ข", none_name="ไม่มีข้อมูล", **NAMES)
    root = ElementTree.fromstring(chart.to_svg())
    shades = [path.attrib["class"].split()[1] for path in root.iter(f"{SVG}path")]
    assert shades == [f"ch-shade-{1 + n // 2}" for n in range(10)] + ["ch-none"]
    legend = [text.text for text in root.iter(f"{SVG}text")]
    assert legend[-6:] == ["0 – 1", "2 – 3", "4 – 5", "6 – 7", "8 – 9", "ไม่มีข้อมูล"]
    asked = charts.choropleth(
        "ก", areas, size=(100, 10), value_name="ข", none_name="", breaks=[4], written=charts.figure, **NAMES
    )
    found = {
        path.attrib["class"].split()[1] for path in ElementTree.fromstring(asked.to_svg()).iter(f"{SVG}path")
    }
    assert found == {"ch-shade-1", "ch-shade-5", "ch-none"}


@given(st.lists(st.floats(-1e9, 1e9), max_size=30))
def test_quantile_bounds_rise(values: list[float]) -> None:
    bounds = charts.quantile_breaks(values)
    assert bounds == sorted(set(bounds))
    assert len(bounds) < charts.SHADES


# Figures and ticks


@given(st.floats(-1e12, 1e12), st.floats(0, 1e12), st.integers(3, 9))
def test_ticks_are_round_and_hold_the_values(low: float, span: float, most: int) -> None:
    ticks = charts.nice_ticks(low, low + span, most)
    assert 2 <= len(ticks) <= most + 1
    assert ticks == sorted(set(ticks))
    if span > 1e-3 * abs(low):
        assert ticks[0] <= low
        assert ticks[-1] >= low + span
        step = f"{ticks[1] - ticks[0]:.0e}"
        assert step[0] in "125"


def test_counts_get_whole_ticks() -> None:
    assert charts.nice_ticks(0, 2, whole=True) == [0, 1, 2]
    assert charts.scale_for([1.0], 0, 10)[1] == [0, 1]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234567, "1,234,567"),
        (-1.5, "−1.5"),
        (0.1234, "0.123"),
        (0, "0"),
        (1000.4, "1,000"),
        (Fraction(1, 3), "0.333"),
        (0.0001, "0.000"),
    ],
)
def test_figures_are_written_for_reading(value: charts.Value, written: str) -> None:
    assert charts.figure(value) == written


def test_shares_are_written_in_per_cent() -> None:
    assert (charts.per_cent(0.125), charts.per_cent(0.125, 1)) == ("12 %", "12.5 %")


# Thai and other texts

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=60)


def test_signs_above_and_below_a_letter_take_no_room() -> None:
    assert charts.measure("ที่นี่", 10) == charts.measure("ทน", 10)
    assert charts.measure("我", 10) == 10
    assert charts.measure("mm", 10) > charts.measure("ii", 10)


@pytest.mark.parametrize("word", ["ที่", "น้ำ", "เกี่ยว", "ไม้"])
def test_a_text_is_never_cut_inside_a_thai_letter_with_its_signs(word: str) -> None:
    whole = list(charts.clusters(word))
    for width in range(20, 400, 7):
        kept = charts.shorten(word * 60, width, 14).removesuffix("…")
        pieces = list(charts.clusters(kept))
        assert pieces == (whole * 60)[: len(pieces)]


def test_clusters_keep_a_vowel_with_the_letter_that_follows_and_the_signs_with_theirs() -> None:
    assert list(charts.clusters("เก้าน้ำ")) == ["เก้", "า", "น้ำ"]


@given(TEXTS, st.floats(10, 300))
def test_a_shortened_text_fits_and_is_the_beginning(text: str, width: float) -> None:
    short = charts.shorten(text, width, 14)
    whole = charts.printable(text)
    if short != whole:
        assert short.endswith("…")
        assert whole.startswith(short[:-1])
    assert charts.measure(short, 14) <= max(width, charts.measure("…", 14)) + 1e-6


@given(TEXTS, st.floats(40, 300))
def test_a_wrapped_text_loses_no_letter(text: str, width: float) -> None:
    lines = charts.wrap(text, width, 14)
    assert "".join(lines).replace(" ", "") == charts.printable(text).replace(" ", "")


@given(st.text(max_size=40))
def test_whatever_is_written_the_picture_stays_sound(text: str) -> None:
    chart = charts.bars(text, [charts.Bar(text, (1,))], name=text, series=(text,), about=text)
    ElementTree.fromstring(chart.to_svg(standalone=True).encode())


# Colours


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_stand_out_from_their_paper(theme: int) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for texts, 3 to 1 for marks."""
    block = re.findall(r":root\{(.*?)\}", charts.STYLE)[theme]
    colours = dict(re.findall(r"--chart-([a-z0-9]+):(#[0-9a-f]{6})", block))
    paper = luminance(colours["paper"])

    def contrast(name: str) -> float:
        low, high = sorted((paper, luminance(colours[name])))
        return (high + 0.05) / (low + 0.05)

    assert min(contrast(name) for name in ("ink", "soft")) >= 4.5
    assert min(contrast(str(n)) for n in range(1, charts.SERIES + 1)) >= 3
    assert contrast("band") >= 3


# The page that explains the kit


def test_the_picture_in_the_manual_is_what_its_lines_draw() -> None:
    page = (ROOT / "docs" / "how-to" / "charts.md").read_text(encoding="utf-8")
    lines = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert lines is not None
    made: dict[str, object] = {}
    exec(lines[1], made)  # noqa: S102  # the manual's own lines
    assert made["svg"] == (ROOT / "docs" / "how-to" / "charts-example.svg").read_text(encoding="utf-8")
    assert all(
        f"`{name}`" in page for name in ("bars", "share_bars", "columns", "scatter", "timeline", "medians")
    )


def test_a_semibold_title_breaks_before_its_letters_pass_the_edge() -> None:
    # In the typeface this title is 332 wide at its size, 25 more than it is estimated; 308 are free.
    title = "สิบสองสัปดาห์ จำนวนเรื่องต่อสัปดาห์"
    shown = charts.lines(title, ["1", "2"], [charts.Series("ก", [1, 2])], name="น", width=340).to_svg()
    assert ">สิบสองสัปดาห์</text>" in shown
    assert f">{title}</text>" not in shown


@given(st.lists(st.integers(1, 10**15), min_size=1, max_size=60))
def test_boxes_of_a_treemap_are_as_large_as_their_parts_and_leave_nothing_over(values: list[int]) -> None:
    values.sort(reverse=True)
    whole = charts.Place(16, 40, 688, 460)
    places = charts.squarify(values, whole)
    total = sum(values)
    for value, box in zip(values, places, strict=True):
        assert box.width * box.height == pytest.approx(688 * 460 * value / total, rel=1e-6, abs=1e-6)
        assert box.x >= 16 - 1e-6
        assert box.x + box.width <= 704 + 1e-6
        assert box.y >= 40 - 1e-6
        assert box.y + box.height <= 500 + 1e-6


def test_what_is_below_zero_is_no_part_of_a_whole() -> None:
    with pytest.raises(charts.ChartError, match="no parts"):
        charts.treemap("x", [charts.Part("ก", -1)], value_name="บาท", **NAMES)
