"""Every output of every engine's command may be a device, a pipe or a link, and none of them is ever replaced.

The devices are nodes made in a temporary folder; the machine's own are never named.
"""

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engines.opinions import conversations
from sala.cli.main import app

RUNNER = CliRunner()
PROCESS = {
    "ocid": "ocds-213czf-1",
    "id": "1",
    "date": "2024-01-01T00:00:00Z",
    "tender": {"numberOfTenderers": 1},
}
VOTES = "META\nkey;value\nnum_projects;1\nnum_votes;1\nbudget;9\nvote_type;approval\nPROJECTS\nproject_id;cost;name\n"
VOTES += "a;1;ถนน\nVOTES\nvoter_id;vote\n1;a\n"

# what is typed, with IN for the input and OUT for the output in question
COMMANDS = {
    "ocds compile --output": "ocds compile IN.jsonl --output OUT",
    "ocds compile --errors": "ocds compile IN.jsonl --errors OUT",
    "ocds check --errors": "ocds check IN.jsonl --errors OUT",
    "indicators run --output": "indicators run IN.jsonl -s R018.ini --json --output OUT",
    "indicators run --states": "indicators run IN.jsonl -s R018.ini --states --output OUT",
    "indicators run --fences": "indicators run IN.jsonl -s R018.ini --fences OUT",
    "indicators run --svg": "indicators run IN.jsonl -s R018.ini --svg OUT",
    "indicators prepare --output": "indicators prepare IN.jsonl --output OUT",
    "indicators prepare --errors": "indicators prepare IN.jsonl --errors OUT",
    "indicators recompute --output": "indicators recompute IN.jsonl -s R018.ini --fences FENCES --output OUT",
    "tally --out": "tally IN.pb --out OUT",
    "tally --svg": "tally IN.pb --svg OUT",
    "tally certify --out": "tally certify IN.pb --out OUT",
    "opinions map --svg": "opinions map IN.csv --rounds 0 --svg OUT",
    "routing evaluate --svg": "routing evaluate LABELS.csv --model MODEL --svg OUT",
}


def typed(folder: Path, words: str, out: Path) -> list[str]:
    """The arguments, with the inputs they name written into the folder."""
    (folder / "IN.jsonl").write_text(json.dumps(PROCESS) + "\n")
    (folder / "IN.pb").write_text(VOTES)
    (folder / "R018.ini").write_text("[R018]\n")  # all indicators would take seconds
    if "IN.csv" in words:
        (folder / "IN.csv").write_bytes(conversations.as_stream(conversations.planted()))
    if "LABELS" in words:
        (folder / "LABELS.csv").write_text("text,label\n" + "ไฟดับ,streetlight\nขยะล้น,garbage\n" * 3)
        assert RUNNER.invoke(app, ["routing", "start", "--out", str(folder / "MODEL")]).exit_code == 0
    if "FENCES" in words:
        made = [
            "indicators",
            "run",
            str(folder / "IN.jsonl"),
            "-s",
            str(folder / "R018.ini"),
            "--fences",
            str(folder / "FENCES"),
        ]
        assert RUNNER.invoke(app, made).exit_code == 0
    inputs = ("IN.jsonl", "IN.pb", "IN.csv", "LABELS.csv", "MODEL", "FENCES", "R018.ini")
    return [
        str(out) if word == "OUT" else str(folder / word) if word in inputs else word
        for word in words.split()
    ]


def run(arguments: list[str]) -> None:
    result = RUNNER.invoke(app, arguments)
    assert result.exit_code in (0, 1), result.output  # 1: what `check` finds in the little release


def into_device(out: Path, arguments: list[str]) -> None:
    try:
        os.mknod(out, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        out.write_bytes(b"")
    except PermissionError:
        pytest.skip("only root may make device nodes, and only on a file system that allows them")
    run(arguments)
    assert stat.S_ISCHR(out.stat().st_mode)


def into_pipe(out: Path, arguments: list[str]) -> None:
    os.mkfifo(out)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(out.read_bytes()), daemon=True)
    reader.start()
    run(arguments)
    reader.join(30)
    assert stat.S_ISFIFO(out.stat().st_mode)
    assert len(got) == 1


def into_link(out: Path, arguments: list[str]) -> None:
    target = out.with_name("target")
    target.write_bytes(b"old")
    target.chmod(0o640)
    out.symlink_to("target")
    run(arguments)
    assert out.is_symlink()
    assert target.read_bytes() != b"old"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("into", [into_device, into_pipe, into_link])
@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_an_output_is_written_and_never_replaced(
    tmp_path: Path, words: str, into: Callable[[Path, list[str]], None]
) -> None:
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "put"
    into(out, typed(tmp_path, words, out))
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_an_output_that_cannot_be_written_ends_in_one_sentence(tmp_path: Path, words: str) -> None:
    result = RUNNER.invoke(app, typed(tmp_path, words, tmp_path / "none" / "put"))
    engine = words.split()[0]
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"sala {engine}: {tmp_path}/none/put: there is no such folder"
    assert "Traceback" not in result.output


MISSING = {
    "ocds compile": "ocds compile NONE",
    "ocds check": "ocds check NONE",
    "ocds coverage": "ocds coverage NONE",
    "ocds check --schema": "ocds check NONE --schema NONE",
    "indicators run": "indicators run NONE -s R018.ini",
    "indicators run --settings": "indicators run NONE --settings NONE",
    "indicators prepare": "indicators prepare NONE",
    "indicators readiness": "indicators readiness NONE",
    "indicators flatten": "indicators flatten NONE --out TABLES",
    "indicators recompute": "indicators recompute NONE --fences NONE",
    "tally": "tally NONE",
    "tally certify": "tally certify NONE",
    "tally recount": "tally recount NONE NONE",
    "opinions map": "opinions map NONE",
    "routing train": "routing train NONE --out TABLES",
    "routing start": "routing start --topics NONE --out TABLES",
    "routing evaluate": "routing evaluate NONE --model NONE",
    "routing predict": "routing predict NONE --model NONE",
    "repeats": "repeats NONE",
}


@pytest.mark.parametrize("words", MISSING.values(), ids=MISSING)
@pytest.mark.parametrize("kind", ["none", "folder", "empty", "garbage", "two rows", "lone surrogate"])
def test_an_input_that_cannot_be_used_ends_in_a_sentence_with_the_commands_name(
    tmp_path: Path, words: str, kind: str
) -> None:
    place = tmp_path / "input.jsonl"
    match kind:
        case "folder":
            place.mkdir()
        case "empty":
            place.write_bytes(b"")
        case "garbage":
            place.write_bytes(bytes(range(256)) * 20)
        case "two rows":
            place.write_text('{"text": "a", "label": "b"}\n{"text": "c", "label": "d"}\n')
        case "lone surrogate":
            place.write_text('{"text": "\\ud800", "label": "\\ud800"}\n' * 8)
    (tmp_path / "R018.ini").write_text("[R018]\n")
    names = {"NONE": str(place), "TABLES": str(tmp_path / "tables"), "R018.ini": str(tmp_path / "R018.ini")}
    result = RUNNER.invoke(app, [names.get(word, word) for word in words.split()])
    assert result.exit_code in (0, 1, 2), result.output
    assert "Traceback" not in result.output
    if result.exit_code == 2:
        engine = words.split()[0]
        assert result.stderr.splitlines()[-1].startswith(f"sala {engine}: "), result.stderr
    elif result.exit_code == 1:
        assert words.startswith("ocds check")
    assert kind not in ("none", "folder") or result.exit_code == 2


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = f'set -o pipefail; sala() {{ {sys.executable} -m sala.cli "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "words", ["ocds compile IN.jsonl", "indicators prepare IN.jsonl", "tally IN.pb --json"]
)
def test_a_reader_that_went_away_is_no_difference(tmp_path: Path, words: str) -> None:
    typed(tmp_path, words, tmp_path / "out")
    done = shell(f"sala {words} | true", tmp_path)
    assert done.returncode in (0, 141)
    assert done.stderr == ""
    closed = shell(f"sala {words} >&-", tmp_path)
    assert closed.returncode == 2, closed.stderr


def test_a_full_device_is_no_difference(tmp_path: Path) -> None:
    typed(tmp_path, "tally IN.pb", tmp_path / "out")
    try:
        os.mknod(tmp_path / "full", 0o666 | stat.S_IFCHR, os.makedev(1, 7))
        (tmp_path / "full").open("rb").close()
    except PermissionError:
        pytest.skip("only root may make device nodes, and only on a file system that allows them")
    assert (
        shell("sala tally certify IN.pb --out c.json && sala tally recount c.json IN.pb", tmp_path).returncode
        == 0
    )
    for words in ("recount c.json IN.pb", "IN.pb --json", "IN.pb"):
        done = shell(f"sala tally {words} > full", tmp_path)
        assert done.returncode == 2
        assert done.stderr == "sala tally: standard output: cannot be written (No space left on device)\n"


def test_a_recount_that_differs_says_so_by_1(tmp_path: Path) -> None:
    typed(tmp_path, "tally IN.pb", tmp_path / "out")
    certificate = tmp_path / "c.json"
    run(["tally", "certify", str(tmp_path / "IN.pb"), "--out", str(certificate)])
    certificate.write_text(certificate.read_text().replace('"budget": 9', '"budget": 8'))
    (tmp_path / "IN.pb").write_text(VOTES + "2;a\n")
    assert RUNNER.invoke(app, ["tally", "recount", str(certificate), str(tmp_path / "IN.pb")]).exit_code in (
        1,
        2,
    )


def test_help_needs_no_engine() -> None:
    """What takes a command most of its start: it is loaded when a file is counted, not when help is asked for."""
    program = (
        "import sys\n"
        "from sala.cli.main import run\n"
        "try:\n    run(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'scipy', 'pyarrow', 'pandas', 'django', 'duckdb', 'ibis', 'sklearn', 'pythainlp'}\n"
        "sys.exit(' '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    for engine in ("tally", "opinions", "routing", "repeats", "ocds", "indicators"):
        done = subprocess.run(
            [sys.executable, "-c", program, engine, "--help"], capture_output=True, text=True, check=False
        )
        assert (engine, done.returncode, done.stderr) == (engine, 0, "")


def test_the_words_of_tally_and_routing_are_their_engines(tmp_path: Path) -> None:
    from sala.engines import tally, thai

    told = " ".join(RUNNER.invoke(app, ["tally", "count", "--help"], terminal_width=400).stdout.split())
    lists = (
        tally.RULES,
        tally.UTILITIES,
        tally.COMPLETIONS,
        tally.ORDERS,
        tally.STOPS,
        tally.OVERFLOWS,
        tally.RANKINGS,
    )
    for words in lists:
        assert "|".join(words) in told
    assert (
        f"default: {thai.OTHER}]"
        in RUNNER.invoke(app, ["routing", "train", "--help"], terminal_width=400).stdout
    )
