"""`sala routing` as a researcher uses it: files in, figures and lines out, one clear sentence when wrong."""

import gzip
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from sala.cli.routing import app

RUN = CliRunner()
SAYS = {"light": "ไฟทางดับมืด", "garbage": "ขยะล้นถังเหม็น", "flood": "น้ำท่วมท่อตัน"}
ROWS = [(f"{say} ซอย {number}", label) for number in range(30) for label, say in SAYS.items()]
KEYS = ["n", "top1", "top3", "macro_f1", "ece", "coverage_at_95", "coverage_at_97", "docs_per_second"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "complaints.csv"
    path.write_text(
        "detail,kind\n" + "".join(f'"{text}",{label}\n' for text, label in ROWS), encoding="utf-8-sig"
    )
    return path


@pytest.fixture
def model(table: Path, tmp_path: Path) -> Path:
    told = RUN.invoke(
        app, ["train", str(table), "--text", "detail", "--label", "kind", "--out", str(tmp_path / "m")]
    )
    assert told.exit_code == 0, told.output
    return tmp_path / "m"


def test_train_evaluate_predict(table: Path, model: Path, tmp_path: Path) -> None:
    assert sorted(path.name for path in model.iterdir()) == ["arrays.npz", "model.json"]
    zipped = tmp_path / "complaints.csv.gz"
    zipped.write_bytes(gzip.compress(table.read_bytes()))
    arguments = ["--text", "detail", "--label", "kind", "--model", str(model), "--json"]
    figures = json.loads(RUN.invoke(app, ["evaluate", str(zipped), *arguments]).stdout)
    assert [key for key in KEYS if key not in figures] == []
    assert figures["top1"] == 1.0
    same = json.loads(RUN.invoke(app, ["evaluate", "-", *arguments], input=table.read_bytes()).stdout)
    assert same["macro_f1"] == figures["macro_f1"]
    told = RUN.invoke(app, ["predict", "--model", str(model)], input="ไฟดับ\n\nขยะเหม็น\n").stdout
    lines = [json.loads(line) for line in told.splitlines()]
    assert [line["line"] for line in lines] == [1, 2, 3]
    assert lines[2]["label"] == "garbage"
    assert {"top", "words", "automatic", "decision", "reason", "confidence"} <= set(lines[0])


def test_json_lines_are_read_too(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text("".join(json.dumps({"detail": text, "kind": label}) + "\n" for text, label in ROWS))
    arguments = ["--text", "detail", "--label", "kind", "--model", str(model), "--json"]
    assert json.loads(RUN.invoke(app, ["evaluate", str(path), *arguments]).stdout)["n"] == len(ROWS)


def test_start_without_labels(tmp_path: Path) -> None:
    assert RUN.invoke(app, ["start", "--out", str(tmp_path / "s")]).exit_code == 0
    told = RUN.invoke(app, ["predict", "--model", str(tmp_path / "s")], input="ไฟทางดับ มืดมาก\n")
    assert json.loads(told.stdout)["label"] == "street_light"
    topics = tmp_path / "topics.csv"
    topics.write_text("code,name_th,everyday_words\ncat,แมว,เหมียว\ndog,หมา,โฮ่ง\n", encoding="utf-8")
    assert RUN.invoke(app, ["start", "--topics", str(topics), "--out", str(tmp_path / "t")]).exit_code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"detail,kind\na,b,c\n", "line 2: 3 cells where the header has 2"),
        (b"text,kind\na,b\n", "there is no column detail; the columns are text, kind"),
        (b"", "line 1: there is no column detail"),
        (b"detail,kind\n\xff\xfe,b\n", "not UTF-8"),
        (b"detail,kind\na,b\na,b\n", "at least two different labels"),
        (b'detail,kind\na,b\n"never closed,b\n', "line 3"),
        (b"\x1f\x8bnot gzip", "not a whole gzip file"),
    ],
)
def test_bad_tables_are_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    out = tmp_path / "m"
    told = RUN.invoke(app, ["train", str(path), "--text", "detail", "--label", "kind", "--out", str(out)])
    assert told.exit_code == 2
    assert sentence in told.stderr
    assert not out.exists()


def test_a_folder_with_other_files_is_never_replaced(table: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letters.txt").write_text("mine")
    out = str(tmp_path / "home")
    told = RUN.invoke(app, ["train", str(table), "--text", "detail", "--label", "kind", "--out", out])
    assert (told.exit_code, "letters.txt" in told.stderr) == (2, True)
    assert (tmp_path / "home" / "letters.txt").read_text() == "mine"


def test_a_missing_or_damaged_model_is_refused(table: Path, model: Path, tmp_path: Path) -> None:
    assert RUN.invoke(app, ["predict", "--model", str(tmp_path / "none")], input="ก\n").exit_code == 2
    (model / "model.json").write_text("{}")
    told = RUN.invoke(app, ["predict", "--model", str(model)], input="ก\n")
    assert (told.exit_code, "train it again" in told.stderr) == (2, True)


def test_damaged_packed_files_end_with_one_sentence(model: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.csv.gz"
    damaged.write_bytes(gzip.compress(b"text,label\n" * 90, mtime=0)[:12] + b"\x00\xff" * 20)
    for arguments in (
        ["train", str(damaged), "--out", str(tmp_path / "none")],
        ["start", "--topics", str(damaged), "--out", str(tmp_path / "none")],
        ["predict", str(damaged), "--model", str(model)],
    ):
        told = RUN.invoke(app, arguments)
        assert (told.exit_code, told.stderr.count("\n")) == (2, 1), told.output
    assert not (tmp_path / "none").exists()


def test_predict_names_the_line_that_is_not_text(model: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_bytes("ไฟดับ\n".encode() + b"\xff\xfe\n")
    told = RUN.invoke(app, ["predict", str(lines), "--model", str(model)])
    assert told.exit_code == 2
    assert "line 2: this is not UTF-8 text" in told.stderr


@pytest.mark.parametrize(
    ("language", "title"), [("th", "ระบบจัดเรื่องเชื่อได้แค่ไหน"), ("en", "How far the sorter may be trusted")]
)
def test_the_curve_is_drawn_with_words(
    table: Path, model: Path, tmp_path: Path, language: str, title: str
) -> None:
    picture = tmp_path / "curve.svg"
    asked = ["--text", "detail", "--label", "kind", "--model", str(model), "--svg", str(picture)]
    told = RUN.invoke(app, ["evaluate", str(table), *asked, "--language", language, "--json"])
    figures = json.loads(told.stdout)
    coverage = [point["coverage"] for point in figures["risk_coverage"]]
    assert coverage == sorted(coverage)
    assert coverage[-1] == 1.0
    assert figures["risk_coverage"][-1]["precision"] == figures["top1"]
    assert sum(one["n"] for one in figures["reliability"]) == figures["n"]
    drawn = ElementTree.fromstring(picture.read_text(encoding="utf-8"))
    assert drawn[0].text == title
    assert drawn.attrib["role"] == "img"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    nowhere = RUN.invoke(app, ["evaluate", str(table), *asked[:-1], str(tmp_path / "no" / "x.svg")])
    assert (nowhere.exit_code, nowhere.stdout) == (2, "")
