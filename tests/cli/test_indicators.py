"""`sala indicators`: results, refusals in one sentence, nothing half written."""

import gzip
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from sala.cli.indicators import app
from sala.engines.indicators import CATALOG

pytestmark = pytest.mark.req("PRC-3.3", "PRC-2.3")
ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LONE = {"ocid": "F", "tender": {"numberOfTenderers": 1, "procurementMethod": "open"}}
PAIR = {"ocid": "2", "tender": {"numberOfTenderers": 2, "procurementMethod": "open"}}


def sala(*arguments: object, given: str | None = None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "processes.jsonl"
    path.write_text("".join(json.dumps(process) + "\n" for process in (LONE, PAIR)))
    return path


@pytest.fixture
def settings(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_text("; only one\n[R018]\n")
    return path


def test_run_prints_cardinals_shape(source, settings):
    result = sala("run", source, "--settings", settings, "--json")
    assert json.loads(result.stdout) == {"OCID": {"F": {"R018": 1.0}}}


def test_run_reads_standard_input_and_gzip(tmp_path, settings):
    line = json.dumps(LONE) + "\n"
    zipped = tmp_path / "a.jsonl.gz"
    zipped.write_bytes(gzip.compress(line.encode()))
    for result in (
        sala("run", "-", "-s", settings, "--json", given=line),
        sala("run", zipped, "-s", settings, "--json"),
    ):
        assert json.loads(result.stdout) == {"OCID": {"F": {"R018": 1.0}}}


def test_meta_and_map_are_added_when_asked(source, settings):
    result = sala("run", source, "-s", settings, "--json", "--meta", "--map")
    assert set(json.loads(result.stdout)) == {"OCID", "Meta", "Maps"}


@pytest.mark.parametrize(("language", "word"), [("th", "ควรตรวจดู"), ("en", "flagged")])
def test_values_are_drawn_with_their_fences(source, settings, tmp_path, language, word):
    settings.write_text("[R018]\n[R003]\n[R013]\n")
    drawn = tmp_path / "values.svg"
    words = ("run", source, "-s", settings, "--svg", drawn, "--language", language)
    assert sala(*words).exit_code == 0
    picture = ElementTree.fromstring(drawn.read_text(encoding="utf-8"))
    assert len(picture.findall(f"{SVG}g")) == 2  # nobody publishes a buyer, so R013 has nothing to say
    told = " ".join(picture.itertext())
    assert "R018" in told
    assert word in told
    assert CATALOG["R018"].title_th in told or CATALOG["R018"].title in told
    assert list(picture.iter(f"{SVG}rect"))


def test_states_carry_the_evidence_in_thai(source, settings):
    lines = [json.loads(line) for line in sala("run", source, "-s", settings, "--states").stdout.splitlines()]
    assert [(line["id"], line["state"]) for line in lines] == [("F", "flagged"), ("2", "clear")]
    assert lines[0]["sentence_th"] == "เปิดให้แข่งขัน แต่มีผู้ยื่นข้อเสนอเพียงรายเดียว"


def test_flat_tables_give_the_same_and_changed_processes_are_looked_at_alone(source, settings, tmp_path):
    assert sala("flatten", source, "--out", tmp_path / "tables").exit_code == 0
    result = sala("run", tmp_path / "tables", "-s", settings, "--json", "--fences", tmp_path / "fences.json")
    assert json.loads(result.stdout) == {"OCID": {"F": {"R018": 1.0}}}
    again = sala("recompute", source, "-s", settings, "--fences", tmp_path / "fences.json")
    assert [json.loads(line)["state"] for line in again.stdout.splitlines()] == ["flagged", "clear"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("{}\n{bad\n", "line 2: not valid JSON"), ("[1]\n", "line 1: a contracting process is a JSON object")],
)
def test_bad_lines_are_refused_with_their_number_and_nothing_is_written(tmp_path, text, sentence):
    target = tmp_path / "out.json"
    for command in ("run", "prepare"):
        result = sala(command, "-", "-o", target, given=text)
        assert result.exit_code == 2
        assert sentence in result.stderr
        assert not target.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("ini", "sentence"),
    [
        ("[R018", "line 1: a section is written as [name]"),
        ("\n[R999]", "line 2: there is no section [R999]"),
        ("[R018]\nmagic = 1", "line 2: section [R018] knows no property magic"),
        ("[R035]\nthreshold = many", "line 2: 'many' is not a number"),
        (
            "[corrections]\naward_status_by_contract_status = perhaps",
            "line 2: award_status_by_contract_status is",
        ),
        ("[R055]\nstart_date = 31/12/2567", "line 2: '31/12/2567' is not a date"),
        ("[R035]\nthreshold", "line 2: a property is written as name = value"),
    ],
)
def test_bad_settings_are_refused_with_their_line(source, tmp_path, ini, sentence):
    path = tmp_path / "bad.ini"
    path.write_text(ini)
    result = sala("run", source, "-s", path)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_releases_of_one_process_in_a_package_are_put_together(settings, tmp_path):
    parts = [
        {"ocid": "F", "date": "2024-01-01T00:00:00Z", "tender": {"procurementMethod": "open"}},
        {"ocid": "F", "date": "2024-02-01T00:00:00Z", "tender": {"numberOfTenderers": 1}},
    ]
    for package in ({"releases": parts}, {"records": [{"ocid": "F", "releases": parts}]}):
        result = sala("run", "-", "-s", settings, "--json", given=json.dumps(package))
        assert json.loads(result.stdout) == {"OCID": {"F": {"R018": 1.0}}}


def test_missing_files_and_what_cannot_be_put_together_are_refused(tmp_path):
    assert sala("run", tmp_path / "none.jsonl").exit_code == 2
    package = json.dumps({"releases": [{"ocid": "a"}, {"ocid": "a"}]})
    result = sala("readiness", "-", given=package)
    assert result.exit_code == 2
    assert "line 1: a: a release has no date" in result.stderr
    spread = sala("readiness", "-", given='{\n"releases": []}')
    assert "sala ocds compile" in spread.stderr
    assert sala("recompute", "-", "--fences", tmp_path / "none.json", given="").exit_code == 2


def test_prepare_mends_lines_and_lists_what_is_left(tmp_path):
    line = json.dumps({"ocid": "a", "bids": {"details": [{"status": "odd", "value": {"amount": 0}}]}})
    result = sala("prepare", "-", "--errors", tmp_path / "issues.csv", given=line + "\n")
    assert json.loads(result.stdout)["ocid"] == "a"
    assert (tmp_path / "issues.csv").read_text().splitlines() == [
        "1,a,/bids/details[]/value/amount,0,,is zero",
        "1,a,/bids/details[]/value/currency,0,,not set",
        "1,a,/bids/details[]/status,0,odd,invalid",
    ]


def test_explain_tells_formula_source_and_needs():
    text = sala("explain", "r024").stdout
    for part in ("Q1 - 1.5 IQR", "Cardinal", "/bids/details[]/value/amount", "never proof"):
        assert part in text
    assert len(sala("explain").stdout.splitlines()) == len(CATALOG)
    assert json.loads(sala("explain", "R024", "--json").stdout)["code"] == "R024"
    assert sala("explain", "R999").exit_code == 2


def test_readiness_says_what_would_unlock_more(source):
    found = json.loads(sala("readiness", source, "--json").stdout)
    indicators = {one["code"]: one for one in found["indicators"]}
    fields = {one["path"]: one for one in found["fields"]}
    assert indicators["R018"]["share"] == 1.0
    assert indicators["R013"]["missing"] == [["/buyer/id"]]
    assert "R013" in fields["/buyer/id"]["unlocks"]
    assert indicators["R055"]["unset"] == ["threshold"]
    assert "lacks /buyer/id" in sala("readiness", source).stdout


def test_the_rules_page_tells_of_every_indicator():
    page = (ROOT / "docs" / "rules" / "indicators.md").read_text()
    assert [
        code
        for code, entry in CATALOG.items()
        if f"| {code} | {entry.title} · {entry.title_th} |" not in page
    ] == []


def test_packed_input_is_known_by_its_bytes_and_damage_is_told(source, settings, tmp_path):
    packed = gzip.compress(source.read_bytes(), mtime=0)
    unnamed = tmp_path / "no-ending"
    unnamed.write_bytes(packed)
    result = sala("run", unnamed, "--settings", settings, "--json")
    assert json.loads(result.stdout) == {"OCID": {"F": {"R018": 1.0}}}
    unnamed.write_bytes(packed[:12] + b"\x00\xff" * 20)
    result = sala("run", unnamed, "--json")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_processes_without_an_ocid_or_with_one_twice_are_told_of(settings):
    lines = [LONE, PAIR, LONE, {"tender": LONE["tender"]}]
    result = sala("run", "-", "-s", settings, "--json", given="\n".join(map(json.dumps, lines)))
    assert json.loads(result.stdout) == {"OCID": {"F": {"R018": 1.0}}}
    assert "1 of 4 processes has no ocid that is text and is left out; the first is number 4" in result.stderr
    assert "1 ocid stands on more than one process, the first again as number 3" in result.stderr


def test_fences_and_maps_have_cardinals_names(tmp_path):
    bids = [
        {"status": "valid", "tenderers": [{"id": "A"}]},
        {"status": "disqualified", "tenderers": [{"id": "B"}]},
    ]
    process = {"ocid": "F", "buyer": {"id": "P"}, "bids": {"details": bids}}
    ini = tmp_path / "settings.ini"
    ini.write_text("[R024]\n[R025]\npercentile = 50\n[R038]\n")
    result = json.loads(
        sala("run", "-", "-s", ini, "--json", "--meta", "--map", given=json.dumps(process)).stdout
    )
    assert result["Meta"] == {
        "R024": {"q1": None, "q3": None, "lower_fence": None},
        "R025": {"q1": None, "q3": None, "lower_fence": None, "upper_fence": None},
        "R038": {"Buyer_q1": 0.5, "Buyer_q3": 0.5, "Buyer_upper_fence": 0.5},
    }
    empty = (
        "procuringentity_r038",
        *(f"tenderer_{code}" for code in ("r024", "r028", "r030", "r035", "r058")),
    )
    assert result["Maps"] == {
        "ocid_buyer_r038": {"F": "P"},
        "ocid_tenderer": {"F": ["A", "B"]},
        **{f"ocid_{name}": {} for name in empty},
    }
    assert result["Buyer"] == {"P": {"R038": 0.5}}


def test_nothing_is_prepared_where_the_report_cannot_be_written(tmp_path):
    line = json.dumps({"ocid": "a"})
    result = sala("prepare", "-", "-o", tmp_path / "out", "-e", tmp_path / "none" / "report", given=line)
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_byte_order_mark_and_windows_line_ends_are_understood(settings):
    result = sala("run", "-", "-s", settings, "--json", given="\ufeff" + json.dumps(LONE) + "\r\n\r\n")
    assert json.loads(result.stdout) == {"OCID": {"F": {"R018": 1.0}}}
