"""A really running site: what it tells those who watch it, what it keeps to itself, and its way through a backup."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from tests.whole_site import WholeSite, log_signer, serving, wait_until, whole_site

from sala.core.references import parse_reference

__all__ = ["whole_site"]

pytestmark = pytest.mark.slow

CITIZEN, PHONE, EMAIL = "1101700203450", "0895551234", "nok.personal@example.co.th"
NAME, SPOKEN_NAME = "ชื่อลับเฉพาะ", "สมหมาย ทองคำขาว"
# As they were given, and as somebody may have written them.
SECRETS = [
    *(CITIZEN, "1-1017-00203-45-0", "๑๑๐๑๗๐๐๒๐๓๔๕๐"),
    *(PHONE, "089-555-1234", "089 555 1234", "๐๘๙๕๕๕๑๒๓๔"),
    *(EMAIL, "nok.personal", NAME, SPOKEN_NAME),
]
TEXT = (
    f"ไฟทางดับหน้าบ้าน นาย{SPOKEN_NAME} เลขประจำตัวประชาชน 1-1017-00203-45-0 โทร 089-555-1234 "
    f"หรือ 089 555 1234 อีเมล {EMAIL} เลข ๑๑๐๑๗๐๐๒๐๓๔๕๐ โทร ๐๘๙๕๕๕๑๒๓๔"
)
PLACES = [
    *("/", "/en/", "/now/", "/metrics", "/figures.json", "/complaints/", "/matters/", "/ledger/"),
    *(
        "/matters/rows.csv",
        "/matters/rows.json",
        "/matters/rows.atom",
        "/matters/points.json?box=95,5,106,21",
    ),
    *("/open311/v2/requests.json", "/open311/v2/requests.xml", "/api/matters", "/api/entries?limit=1000"),
    *("/api/entries.atom?limit=1000", "/api/entries.atom?limit=1000&language=en", "/matters/?q=ไฟทางดับ"),
]


def file_by_program(site: WholeSite, **more: str) -> str:
    """File by the JSON door, as an app does; its reference."""
    values = {
        "text": TEXT,
        "topic": "street_light",
        "area": "400101",
        "place": f"หน้าบ้าน นาย{SPOKEN_NAME} {PHONE}",
    }
    values |= {"name": NAME, "phone": PHONE, "email": EMAIL} | more
    status, answer = site.post("/api/complaints", values)
    assert status == 201, answer
    return str(answer["reference"])


@pytest.mark.req("TRU-2")
def test_nothing_that_tells_who_someone_is_leaves_by_logs_figures_feeds_or_ledger(
    whole_site: WholeSite,
) -> None:
    site = whole_site
    public = file_by_program(site)
    hidden = file_by_program(site, privacy="confidential")
    by_form = site.file_complaint(TEXT, phone=PHONE, email=EMAIL, first_name=NAME, last_name=SPOKEN_NAME)
    # Mistakes are what gets written into logs.
    site.post("/api/complaints", {"text": TEXT, "topic": "no such topic", "phone": PHONE, "area": CITIZEN})
    for path in (f"/nowhere/{PHONE}?email={EMAIL}", f"/complaints/{CITIZEN}", f"/live?kind={EMAIL}"):
        site.status_of(path)
    wait_until(lambda: json.loads(site.get("/api/entries?after=3"))["size"] >= 6, "all are in the ledger")

    places = [*PLACES, *(f"/complaints/{reference}" for reference in (public, by_form))]
    places += [
        f"/{what}/{public}{tail}" for what, tail in (("api/matters", "/steps"), ("api/complaints", ""))
    ]
    size = json.loads(site.get("/api/entries"))["size"]
    places += [f"/ledger/{position}/entry.json" for position in range(size)]
    places.append(f"/ledger/tile/entries/000.p/{size}")
    told = {place: site.get(place).decode("utf-8", "replace") for place in places}
    told["the logs"] = site.logs
    assert "Not Found" in told["the logs"], "mistakes are logged"
    found = [(place, secret) for place, text in told.items() for secret in SECRETS if secret in text]
    assert found == []
    assert not [place for place, text in told.items() if hidden in text]


def test_the_figures_are_openmetrics_and_count_pages_from_memory_too(whole_site: WholeSite) -> None:
    for _ in range(20):
        whole_site.get("/help/")
    families = {
        family.name: family for family in text_string_to_metric_families(whole_site.get("/metrics").decode())
    }
    kept = {sample.name: sample.value for sample in families["sala_kept_pages"].samples}
    assert kept["sala_kept_pages_total"] >= 19
    reached = [s for s in families["sala_requests"].samples if s.labels.get("route") == "help/"]
    assert sum(sample.value for sample in reached) == 1
    assert "sala_live_listeners" in families


def findings(site: WholeSite, **more: str) -> tuple[int, dict[str, dict[str, str]]]:
    """How the doctor ended, and what it found, by name."""
    answer = site.sala("doctor", "--json", **more)
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer.returncode, {finding["name"]: finding for finding in json.loads(answer.stdout)}


def test_the_doctor_finds_a_running_site_well_but_for_being_no_public_address(whole_site: WholeSite) -> None:
    _, found = findings(whole_site)
    ill = {name for name, finding in found.items() if finding["level"] == "failure"}
    assert ill == set(), found
    for name in ("database", "locale", "keys", "clock", "workers", "ledger", "newest entries", "listeners"):
        assert found[name]["level"] == "ok", found[name]
    assert {"mail", "disk of SALA_HOME", "disk of uploads", "migrations", "static files"} <= found.keys()


def test_the_doctor_says_how_to_mend_each_thing_that_is_wrong(whole_site: WholeSite) -> None:
    with whole_site.database() as database:
        database.execute("CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
        host, port = database.info.host, database.info.port
    key_file = whole_site.folder / "keys.env"
    key_file.chmod(0o644)
    wrong = {
        "DATABASE_URL": f"postgresql://postgres@/plain?host={host}&port={port}",
        "SALA_DEMO": "1",
        "SALA_SITE_URL": "http://sala.example.go.th",
        "SALA_LEDGER_ORIGIN": "sala.example/ledger",
        "SALA_DIGEST_KEY": "short",
        "SALA_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "SALA_SMTP_HOST": "127.0.0.1",
        "SALA_SMTP_PORT": "1",
        "SALA_FILES": "/proc/no/such/place",
        "SALA_STATIC": str(whole_site.folder / "never collected"),
    }
    try:
        code, found = findings(whole_site, **wrong)
    finally:
        key_file.chmod(0o600)
    assert code == 1
    ill = {name for name, finding in found.items() if finding["level"] == "failure"}
    assert ill >= {
        *("mode", "addresses", "keys", "key file", "log's name", "locale", "migrations", "workers"),
        *("ledger", "newest entries", "listeners", "mail", "static files", "uploads"),
    }
    assert all(finding["mend"] for finding in found.values() if finding["level"] != "ok")


def test_without_a_database_the_doctor_still_says_what_it_knows(whole_site: WholeSite) -> None:
    code, found = findings(whole_site, DATABASE_URL="postgresql://127.0.0.1:1/nothing")
    assert code == 1
    assert found["database"]["level"] == "failure"
    assert "DATABASE_URL" in found["database"]["mend"]
    assert found["uploads"]["level"] == "ok"


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of another installation, with the old keys."""
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"sala-restored-{os.getpid()}"
    folder.mkdir(mode=0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.req("TRU-2")
def test_a_site_goes_on_from_its_backup_elsewhere_and_outsiders_see_it_continue(
    whole_site: WholeSite, elsewhere: Path, tmp_path: Path
) -> None:
    site, kept, state = whole_site, tmp_path / "kept", str(tmp_path / "seen.json")
    key = str(log_signer(site.folder).public)
    before = site.file_complaint("ไฟทางดับ ก่อนสำรองข้อมูล")
    wait_until(lambda: before in site.get("/api/entries?limit=1000").decode(), "it is in the ledger")
    assert site.sala("ledger", "verify", site.url, "--key", key, "--state", state).returncode == 0
    made = site.sala("backup", str(kept))
    assert made.returncode == 0, made.stderr
    assert "keys are NOT in it" in made.stdout
    lost = site.file_complaint("ไฟทางดับ หลังสำรองข้อมูล")

    shutil.copy(site.folder / "keys.env", elsewhere / "keys.env")
    there = {"SALA_HOME": str(elsewhere), "SALA_FILES": str(elsewhere / "files")}
    restored = site.sala("restore", str(kept), **there)
    assert restored.returncode == 0, restored.stderr
    assert "all as signed" in restored.stdout
    assert "The log goes on under a new name" in restored.stdout, "what was signed after the backup is lost"
    (fresh,) = re.findall(r"public key +(\S+)", restored.stdout)
    again = site.sala("restore", str(kept), **there)
    assert (again.returncode, "not empty" in again.stderr) == (2, True)
    for command in (["migrate"], ["seed"], ["manage", "collectstatic", "--noinput"]):
        assert site.sala(*command, **there).returncode == 0

    with serving(elsewhere) as new:
        assert "ไฟทางดับ ก่อนสำรองข้อมูล" in new.get(f"/complaints/{before}").decode()
        assert new.status_of(f"/complaints/{lost}") == 404
        after = new.file_complaint("ไฟทางดับ หลังกู้คืน")
        beyond = "/api/entries?limit=1000&after=900"  # positions that were left empty lie before it
        wait_until(lambda: after in new.get(beyond).decode(), "the ledger goes on")
        assert parse_reference(after).number > parse_reference(lost).number, (
            "nobody gets the number that was lost"
        )
        former = new.sala("ledger", "verify", new.url, "--key", key)
        assert former.returncode == 1, "under its old name nothing is signed any more"
        verified = new.sala(
            "ledger", "verify", new.url, "--key", fresh, "--former-key", key, "--state", state
        )
        assert verified.returncode == 0, verified.stderr
        assert "continues the log" in verified.stdout
