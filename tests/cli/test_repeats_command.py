"""`sala repeats` as an officer's analyst uses it."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sala.cli.repeats import app

RUN = CliRunner()
TABLE = """no,detail,lat,lon,at
a1,ไฟทางดับทั้งซอยมืดมาก,13.7563,100.5018,2026-01-02
a2,ขยะล้นถังหน้าตลาดเหม็นมาก,13.7,100.5,2026-01-02
a3,สวัสดีครับ ไฟทางดับทั้งซอย มืดมากครับ,13.7570,100.5018,3/1/2569
a4,ไฟทางดับทั้งซอยมืดมาก,13.9,100.5,2026-01-03T10:00:00+07:00
"""


def run(*arguments: str, table: str | bytes = TABLE) -> tuple[int, str, str]:
    told = RUN.invoke(app, ["-", "--text", "detail", *arguments], input=table)
    return told.exit_code, told.stdout, told.stderr


def test_place_and_time_turn_a_suggestion_into_a_repeat() -> None:
    status, out, _ = run("--place", "lat,lon", "--time", "at", "--id", "no", "--json")
    told = json.loads(out)
    assert (status, told["texts"], len(told["rows"])) == (0, 4, 4)
    third = told["rows"][2]
    assert (third["row"], third["id"], third["repeat_of"]) == (3, "a3", 1)
    by_row = {match["row"]: match for match in third["matches"]}
    assert by_row[1] | {"score": 0} == {
        "row": 1,
        "id": "a1",
        "score": 0,
        "verdict": "repeat",
        "earlier": True,
        "same_place": True,
        "metres": 77.8,
        "days_apart": 1.0,
    }
    assert by_row[4]["verdict"] == "elsewhere"
    assert told["rows"][1]["matches"] == []


def test_text_alone_only_suggests() -> None:
    rows = json.loads(run("--json", table=gzip.compress(TABLE.encode()))[1])["rows"]
    assert {match["verdict"] for row in rows for match in row["matches"]} == {"suggested"}
    assert all(row["repeat_of"] is None for row in rows)


def test_a_table_for_people(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(TABLE, encoding="utf-8")
    told = RUN.invoke(app, [str(path), "--text", "detail"])
    assert told.exit_code == 0
    assert "suggested" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "table", "sentence"),
    [
        (
            ["--place", "lat,lon"],
            TABLE + "a5,ไฟดับ,here,100.5,2026-01-01\n",
            "line 6: 'here 100.5' is not a latitude",
        ),
        (
            ["--place", "lat,lon"],
            TABLE + "a5,ไฟดับ,213.0,500.5,2026-01-01\n",
            "line 6: '213.0 500.5' is not on earth",
        ),
        (["--time", "at"], TABLE + "a5,ไฟดับ,1,1,yesterday\n", "line 6: 'yesterday' is not a date or time"),
        (["--time", "when"], TABLE, "there is no column when"),
    ],
)
def test_bad_cells_are_refused_with_their_line(arguments: list[str], table: str, sentence: str) -> None:
    status, out, err = run(*arguments, "--json", table=table)
    assert (status, out) == (2, "")
    assert sentence in err
