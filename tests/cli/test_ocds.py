"""`sala ocds` in the hands of a person: files in, lines out, one sentence where something is wrong."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sala.cli.ocds import app
from sala.cli.ocds.spill import SpillStore

pytestmark = pytest.mark.req("PRC-2.3", "PRC-3.3")
RUNNER = CliRunner()


def release(ocid: int, number: int, **fields: Any) -> dict[str, Any]:
    date = f"2024-01-{number:02}T00:00:00Z"
    return {
        "ocid": f"ocds-213czf-{ocid}",
        "id": str(number),
        "date": date,
        "tag": ["tender"],
        "initiationType": "tender",
        **fields,
    }


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "package.json"
    releases = [release(2, 1), release(1, 2, language="th"), release(1, 1, language="en")]
    about = {"uri": "https://a.th/p", "publishedDate": "2024-01-01T00:00:00Z", "publisher": {"name": "n"}}
    path.write_text(json.dumps({**about, "version": "1.1", "releases": releases}))
    return path


def test_compile_gives_one_line_a_process_in_order(published: Path) -> None:
    result = RUNNER.invoke(app, ["compile", str(published)])
    assert result.exit_code == 0
    assert [(one["ocid"], one.get("language")) for one in lines(result.stdout)] == [
        ("ocds-213czf-1", "th"),
        ("ocds-213czf-2", None),
    ]


def test_compile_reads_packed_files_and_standard_input(published: Path) -> None:
    packed = published.with_suffix(".gz")
    packed.write_bytes(gzip.compress(published.read_bytes()))
    expected = RUNNER.invoke(app, ["compile", str(published)]).stdout
    assert RUNNER.invoke(app, ["compile", str(packed)]).stdout == expected
    assert RUNNER.invoke(app, ["compile", "-"], input=packed.read_bytes()).stdout == expected


def test_compile_versioned_keeps_every_value(published: Path) -> None:
    result = RUNNER.invoke(app, ["compile", "--versioned", str(published)])
    assert [one["value"] for one in lines(result.stdout)[0]["language"]] == ["en", "th"]


def test_releases_of_one_process_may_come_from_several_files(published: Path, tmp_path: Path) -> None:
    other = tmp_path / "later.jsonl"
    other.write_text(json.dumps(release(1, 9, language="fr")) + "\n")
    result = RUNNER.invoke(app, ["compile", str(published), str(other)])
    assert lines(result.stdout)[0]["language"] == "fr"


def test_compile_by_an_official_schema(published: Path, tmp_path: Path) -> None:
    schema = {"properties": {name: {"omitWhenMerged": True, "type": "string"} for name in ("id", "date")}}
    (tmp_path / "release-schema.json").write_text(json.dumps(schema))
    result = RUNNER.invoke(app, ["compile", str(published), "--schema", str(tmp_path)])
    assert (result.exit_code, len(lines(result.stdout))) == (0, 2)


def test_an_output_file_is_whole_or_not_there(published: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    bad = tmp_path / "bad.json"
    bad.write_text('[{"ocid": "ocds-213czf-1", "id": "1"},\n{"ocid": "ocds-213czf-1"}]')
    result = RUNNER.invoke(app, ["compile", str(bad), "--output", str(out)])
    assert result.exit_code == 2
    assert "ocds-213czf-1: a release has no date" in result.stderr
    assert [path.name for path in tmp_path.glob("*out*")] == []
    assert RUNNER.invoke(app, ["compile", str(published), "--output", str(out)]).exit_code == 0
    assert len(lines(out.read_text())) == 2


def test_bad_input_ends_with_one_sentence_and_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"ocid": "ocds-213czf-1", "id": "1"}\n{"ocid": oops}\n')
    result = RUNNER.invoke(app, ["compile", str(bad)])
    assert result.exit_code == 2
    assert f"{bad}: line 2: not valid JSON" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["compile", "check", "coverage"])
def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, command: str) -> None:
    result = RUNNER.invoke(app, [command, str(tmp_path / "none.json")])
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr


def test_a_damaged_packed_file_is_said_so(tmp_path: Path) -> None:
    broken = tmp_path / "x.gz"
    broken.write_bytes(gzip.compress(b'{"ocid": "a"}' * 50)[:-12])
    result = RUNNER.invoke(app, ["compile", str(broken)])
    assert result.exit_code == 2
    assert "damaged" in result.stderr


def test_a_release_without_ocid_cannot_be_compiled(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([release(1, 1), {"id": "1"}], indent=1))
    result = RUNNER.invoke(app, ["compile", str(path)])
    assert result.exit_code == 2
    assert "a release has no ocid" in result.stderr


def test_check_prints_findings_and_says_by_its_exit_code(published: Path, tmp_path: Path) -> None:
    assert RUNNER.invoke(app, ["check", str(published)]).exit_code == 0
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(release(1, 1, tender={"id": "t", "value": {"amount": "1"}})) + "\n")
    result = RUNNER.invoke(app, ["check", str(bad)])
    assert result.exit_code == 1
    assert (
        'error: line 1: ocds-213czf-1: tender/value/amount = "1": a number written as text' in result.stdout
    )


def test_check_as_json_is_one_document(published: Path) -> None:
    good = json.loads(RUNNER.invoke(app, ["check", str(published), "--json"]).stdout)
    assert (good["findings"], good["is_valid"], good["versions"]) == ([], True, {"1.1": 3})
    published.write_text(published.read_text().replace('"language": "th"', '"colour": "th"'))
    document = json.loads(RUNNER.invoke(app, ["check", str(published), "--json"]).stdout)
    assert document["releases"] == 3
    assert document["processes"] == 2
    assert document["is_valid"] is True
    assert {"line", "ocid", "path", "value", "reason", "class", "kind"} == document["findings"][0].keys()


@pytest.mark.data
def test_check_by_the_official_schema(published: Path, shared_data: Path) -> None:
    folder = shared_data / "ocds" / "standard"
    assert RUNNER.invoke(app, ["check", str(published), "--schema", str(folder)]).exit_code == 0


def test_check_refuses_a_folder_without_a_schema(published: Path, tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["check", str(published), "--schema", str(tmp_path)])
    assert result.exit_code == 2
    assert "release-schema.json" in result.stderr


def test_coverage_counts_lines_and_names_bad_ones(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n{"a": "\xff"}\n')
    result = RUNNER.invoke(app, ["coverage", str(path)])
    assert json.loads(result.stdout) == {"": 1, "/": 1, "/a": 1}
    assert "not JSON in UTF-8: 2" in result.stderr


def test_coverage_can_count_in_releases(published: Path) -> None:
    result = RUNNER.invoke(app, ["coverage", "--unpack", str(published)])
    assert json.loads(result.stdout)["/language"] == 2


def test_what_memory_cannot_hold_gives_the_same(tmp_path: Path) -> None:
    small, large = SpillStore(tmp_path, memory_bytes=100), SpillStore(tmp_path)
    for number in range(300):
        for store in (small, large):
            store.add(f"ocds-{number * 7 % 40:02}", (number, b"%d" % number), size=20)
            store.add(f"ocds-{number * 7 % 40:02}", (number, {"n": number}), size=20)
    kept = [(ocid, [(line, as_text(one)) for line, one in entries]) for ocid, entries in large.groups()]
    assert list(small.groups()) == kept


def as_text(entry: Any) -> bytes:
    return entry if isinstance(entry, bytes) else json.dumps(entry, separators=(",", ":")).encode()


def test_a_line_that_is_no_release_is_found_when_it_is_merged(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = json.dumps(release(1, 1))
    path.write_text(f'{good}\n{{"ocid": "ocds-213czf-2", "id": {{}}, oops}}\n')
    result = RUNNER.invoke(app, ["compile", str(path), "--output", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "line 2: not valid JSON" in result.stderr
    assert not (tmp_path / "out").exists()


def test_records_one_a_line_give_their_releases(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    record = {"ocid": "ocds-213czf-1", "releases": [release(1, 1, language="en"), release(1, 2)]}
    path.write_text(json.dumps(record) + "\n")
    assert lines(RUNNER.invoke(app, ["compile", str(path)]).stdout)[0]["language"] == "en"


def test_a_release_over_two_lines_is_one_release(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(release(1, 1)) + '\n{"ocid": "ocds-213czf-2", "id": "1", "tender": {}\n}\n')
    result = RUNNER.invoke(app, ["compile", str(path)])
    assert [one["ocid"] for one in lines(result.stdout)] == ["ocds-213czf-1", "ocds-213czf-2"]


BAD_PROCESS = [
    release(3, 1, tender={"id": "t", "items": [{"id": "1"}]}),
    release(3, 2, tender={"id": "t", "items": {"id": "1"}}),
]


def test_one_bad_process_stops_the_others_unless_told_to_go_on(published: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("".join(json.dumps(one) + "\n" for one in [*BAD_PROCESS, release(4, 1)]))
    stopped = RUNNER.invoke(app, ["compile", str(bad)])
    assert (stopped.exit_code, stopped.stdout) == (2, "")
    told = tmp_path / "errors.csv"
    result = RUNNER.invoke(app, ["compile", str(bad), str(published), "--errors", str(told)])
    assert result.exit_code == 1
    assert [one["ocid"][-1] for one in lines(result.stdout)] == ["1", "2", "4"]
    rows = list(csv.DictReader(told.open()))
    assert [(row["line"], row["ocid"]) for row in rows] == [("1", "ocds-213czf-3")]


def test_what_cannot_be_read_is_named_with_its_line_and_the_rest_compiled(tmp_path: Path) -> None:
    link = {"url": "https://a.th/1", "date": "2024-01-01T00:00:00Z"}
    texts = [
        json.dumps(release(1, 1)),
        "oops",
        "5",
        json.dumps({"ocid": "ocds-213czf-2", "releases": [link]}),
        '{"ocid": "ocds-213czf-3", "tender": {',
        json.dumps({"id": "1"}),
        json.dumps(release(4, 1)),
    ]
    path, told = tmp_path / "x.jsonl", tmp_path / "errors.csv"
    path.write_text("\n".join(texts))
    result = RUNNER.invoke(app, ["compile", str(path), "--keep-going", "--errors", str(told)])
    assert result.exit_code == 1
    assert [one["ocid"][-1] for one in lines(result.stdout)] == ["1", "4"]
    assert sorted(row["line"] for row in csv.DictReader(told.open())) == ["2", "3", "4", "5", "6"]
    assert "5 faults were passed over" in result.stderr


def test_a_compiled_release_alone_is_passed_on_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    compiled = release(1, 1, tag=["compiled"], language="th")
    path.write_text(json.dumps({"records": [{"ocid": "ocds-213czf-1", "compiledRelease": compiled}]}))
    result = RUNNER.invoke(app, ["compile", str(path)])
    assert (result.exit_code, lines(result.stdout)) == (0, [compiled])
    assert "only a compiledRelease" in result.stderr
    versioned = RUNNER.invoke(app, ["compile", "--versioned", str(path)])
    assert versioned.exit_code == 2


@pytest.mark.parametrize("content", ["", " \n", "[]", '{"releases": []}'])
def test_an_empty_download_never_passes(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    for command in (["compile"], ["check"], ["check", "--json"]):
        result = RUNNER.invoke(app, [*command, str(path)])
        assert result.exit_code in ((1, 2) if "releases" in content else (2,))
        assert "kept" not in result.stdout
    if "--json" in command:
        assert json.loads(result.stdout)["is_valid"] is False


def test_releases_that_are_null_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"releases": null}')
    result = RUNNER.invoke(app, ["compile", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "releases is null" in result.stderr


def test_dates_that_tell_no_order_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    dates = ["01/03/2567", "02/01/2567"]
    path.write_text("".join(json.dumps(release(1, 1) | {"date": date}) + "\n" for date in dates))
    result = RUNNER.invoke(app, ["compile", str(path)])
    assert result.exit_code == 0
    assert "ocds-213czf-1: '01/03/2567' is no RFC 3339 date" in result.stderr


def test_check_closes_its_document_where_reading_stops(published: Path, tmp_path: Path) -> None:
    broken = tmp_path / "x.gz"
    broken.write_bytes(gzip.compress(published.read_bytes() * 50)[:-20])
    result = RUNNER.invoke(app, ["check", "--json", str(broken)])
    document = json.loads(result.stdout)
    assert (result.exit_code, document["is_valid"]) == (2, False)
    assert "damaged" in document["stopped"]


def test_check_writes_what_it_could_not_read(tmp_path: Path) -> None:
    path, told = tmp_path / "x.jsonl", tmp_path / "errors.csv"
    path.write_text(json.dumps(release(1, 1)) + "\noops\n" + json.dumps(release(2, 1)) + "\n")
    result = RUNNER.invoke(app, ["check", str(path), "--errors", str(told)])
    assert result.exit_code == 1
    assert "error: line 2: -: (whole): neither" in result.stdout
    assert [row["line"] for row in csv.DictReader(told.open())] == ["2"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("command", ["compile", "check", "coverage"])
def test_every_unicode_encoding_is_read(published: Path, command: str, encoding: str) -> None:
    text = json.dumps(json.loads(published.read_text()) | {"title": "ถนน"}, ensure_ascii=False)
    published.write_bytes(text.encode("utf-8"))
    expected = RUNNER.invoke(app, [command, str(published)])
    published.write_bytes(text.encode(encoding))
    result = RUNNER.invoke(app, [command, str(published)])
    assert (result.exit_code, result.stdout) == (expected.exit_code, expected.stdout)


def test_files_with_marks_put_one_after_another_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    one, two = (b"\xef\xbb\xbf" + json.dumps(release(number, 1)).encode() for number in (1, 2))
    for text in (one + b"\n" + two, one + two, one + b"\n\n" + two + b"\n"):
        path.write_bytes(text)
        result = RUNNER.invoke(app, ["compile", str(path)])
        assert [row["ocid"][-1] for row in lines(result.stdout)] == ["1", "2"], text


@pytest.mark.parametrize(
    ("encoding", "word", "told"), [("cp874", "ถนนสายหลัก", "TIS-620"), ("latin-1", "café à côté", "Latin-1")]
)
def test_eight_bit_texts_are_named(tmp_path: Path, encoding: str, word: str, told: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(json.dumps([release(1, 1, language=word)], ensure_ascii=False).encode(encoding))
    result = RUNNER.invoke(app, ["compile", str(path)])
    assert result.exit_code == 2
    assert "line 1" in result.stderr
    assert told in result.stderr
