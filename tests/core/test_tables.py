"""Cells that leave in tables: none is run as a formula by whatever opens the file."""

import pytest

from sala.core.tables import csv_text, safe_cell


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://x","ดู")',
        "+1+cmd|' /C calc'!A0",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u200b=1",
        "\ufeff=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
    ],
)
def test_what_would_begin_a_formula_is_words(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"
    (_, line) = csv_text(["text"], [{"text": cell}])
    assert line.lstrip('"').startswith("'")


@pytest.mark.parametrize(
    "cell", ["-5", "+66812345678", "3.50", "ถนน=1", "a@b.th", "", "  ถนน", "C69-0000001-1"]
)
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell
