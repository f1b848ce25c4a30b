"""Every verdict of the doctor: what is well, what is not, and that it says how to mend it."""

import base64

import pytest

from sala.platform.keys import new_keys
from sala.serving.health import verdicts
from sala.serving.health.verdicts import GIGABYTE, Level

KEYS = new_keys()
TESTS_OWN = base64.b64encode(b"ledger-seed-for-tests-only-32-by").decode()
REAL = {"site_url": "https://sala.go.th", "hosts": ["sala.go.th"], "proxies": 1}


def quiet(waiting, oldest, is_sequenced):
    return verdicts.judge_ledger(waiting=waiting, oldest_seconds=oldest, is_sequenced=is_sequenced)


def address(**changed):
    return verdicts.judge_addresses(**{**REAL, **changed})


def mode(is_demo, is_debug, factor):
    return verdicts.judge_mode(is_demo=is_demo, is_debug=is_debug, limits_factor=factor)


def locale(provider, name, encoding="UTF8"):
    return verdicts.judge_locale(provider=provider, name=name, encoding=encoding)


@pytest.mark.parametrize(
    ("finding", "level"),
    [
        (verdicts.judge_version(160_004), "ok"),
        (verdicts.judge_version(150_009), "failure"),
        (locale("c", "C.UTF-8"), "ok"),
        (locale("i", "th-TH"), "ok"),
        (locale("b", "C"), "failure"),
        (locale("c", "C"), "failure"),
        (locale("c", "POSIX"), "failure"),
        (locale("c", "th_TH", "SQL_ASCII"), "failure"),
        (verdicts.judge_migrations([]), "ok"),
        (verdicts.judge_migrations(["ledger.0003_more"]), "failure"),
        (verdicts.judge_keys(KEYS), "ok"),
        (verdicts.judge_keys(KEYS | {"SALA_SECRET_KEY": ""}), "failure"),
        (verdicts.judge_keys(KEYS | {"SALA_SECRET_KEY": "short"}), "failure"),
        (verdicts.judge_keys(KEYS | {"SALA_LEDGER_KEY": TESTS_OWN}), "failure"),
        (verdicts.judge_keys(KEYS | {"SALA_SECRET_KEY": "a-secret-for-tests-only" * 3}), "failure"),
        (verdicts.judge_key_file(0o600), "ok"),
        (verdicts.judge_key_file(None), "ok"),
        (verdicts.judge_key_file(0o644), "failure"),
        (verdicts.judge_mail("", is_sent=True), "ok"),
        (verdicts.judge_mail("", is_sent=False), "warning"),
        (verdicts.judge_mail("refused", is_sent=True), "failure"),
        (verdicts.judge_skew(-0.4), "ok"),
        (verdicts.judge_skew(-3), "warning"),
        (verdicts.judge_skew(-40), "failure"),
        (verdicts.judge_disk("disk", free=50 * GIGABYTE, total=99 * GIGABYTE), "ok"),
        (verdicts.judge_disk("disk", free=3 * GIGABYTE, total=99 * GIGABYTE), "warning"),
        (verdicts.judge_disk("disk", free=GIGABYTE // 2, total=99 * GIGABYTE), "failure"),
        (verdicts.judge_static([]), "ok"),
        (verdicts.judge_static(["sala.css"]), "failure"),
        (verdicts.judge_static(None), "failure"),
        (verdicts.judge_workers(5), "ok"),
        (verdicts.judge_workers(500), "failure"),
        (verdicts.judge_workers(None), "failure"),
        (quiet(0, 0, True), "ok"),
        (quiet(9, 2, True), "ok"),
        (quiet(9, 90, True), "failure"),
        (quiet(0, 0, False), "failure"),
        (verdicts.judge_newest(""), "ok"),
        (verdicts.judge_newest("entry 4 is missing"), "failure"),
        (verdicts.judge_kept_words(12, {}), "ok"),
        (verdicts.judge_kept_words(12, {"complaint": [4]}), "failure"),
        (verdicts.judge_listeners({}), "ok"),
        (verdicts.judge_listeners({"mail": 10}), "ok"),
        (verdicts.judge_listeners({"mail": 5_000, "search": 0}), "warning"),
        (verdicts.judge_listeners({"mail": 100_000}), "failure"),
        (verdicts.judge_routing(has_model=True), "ok"),
        (verdicts.judge_routing(has_model=False), "warning"),
        (verdicts.judge_uploads(""), "ok"),
        (verdicts.judge_uploads("no permission"), "failure"),
        (address(), "ok"),
        (address(hosts=[".go.th"]), "ok"),
        (address(hosts=["*"]), "failure"),
        (address(hosts=["other.go.th"]), "failure"),
        (address(site_url="http://sala.go.th"), "failure"),
        (address(site_url="http://127.0.0.1:8000"), "warning"),
        (address(proxies=0), "failure"),
        (mode(False, False, 1), "ok"),
        (mode(True, False, 1), "failure"),
        (mode(False, True, 1), "failure"),
        (mode(False, False, 50), "warning"),
        (verdicts.judge_log_name("sala.example/ledger", witnesses=2), "failure"),
        (verdicts.judge_log_name("sala.go.th/ledger", witnesses=0), "warning"),
        (verdicts.judge_log_name("sala.go.th/ledger", witnesses=2), "ok"),
    ],
)
def test_a_verdict_says_how_bad_it_is_and_how_to_mend_it(finding, level):
    assert finding.level == level
    assert finding.says
    assert bool(finding.mend) == (finding.level is not Level.OK)


@pytest.mark.parametrize(
    ("least", "has_providers", "level"),
    [(0, False, Level.WARNING), (0, True, Level.WARNING), (2, True, Level.OK), (2, False, Level.FAILURE)],
)
def test_staff_who_cannot_prove_the_level_asked_are_a_fault(
    least: int, level: Level, *, has_providers: bool
) -> None:
    assert verdicts.judge_staff_level(least, has_providers=has_providers).level == level
