"""What the doctor looks at, on the tests' own installation, and how a command ends."""

import json

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import DatabaseError
from typer.testing import CliRunner

from sala.cli import doctor, keys
from sala.serving.health import probes

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def found(tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("SALA_HOME", str(tmp_path))
    return {finding.name: finding for finding in probes.examine()}


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("mode", "ok"),
        ("addresses", "failure"),  # the tests answer to every name
        ("keys", "failure"),  # and their keys are worthless
        ("key file", "ok"),
        ("log's name", "warning"),
        ("database", "ok"),
        ("locale", "ok"),
        ("migrations", "ok"),
        ("clock", "ok"),
        ("workers", "failure"),
        ("ledger", "failure"),
        ("newest entries", "ok"),
        ("kept words", "ok"),
        ("mail", "warning"),
        ("static files", "ok"),
        ("routing model", "warning"),
        ("uploads", "ok"),
    ],
)
def test_each_probe_sees_the_tests_own_installation_as_it_is(found, name, level):
    assert found[name].level == level, found[name]


def test_a_mail_server_that_does_not_answer_is_named(settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    def refuse(self):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(EmailBackend, "open", refuse)
    finding = probes.look_at_mail()
    assert finding.level == "failure"
    assert "localhost:25" in finding.says


def test_uploads_that_cannot_be_written_are_a_failure(settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "files"
    assert probes.look_at_uploads().level == "failure"


def test_a_database_that_is_gone_is_a_finding_not_a_traceback():
    def gone():
        raise DatabaseError("connection refused\nmore")

    [finding] = probes.examine({"database": gone})
    assert (finding.level, finding.says) == ("failure", "connection refused")


@pytest.mark.parametrize(("level", "code"), [("ok", 0), ("warning", 0), ("failure", 1)])
def test_the_command_ends_with_1_only_on_a_failure(monkeypatch, level, code):
    finding = probes.verdicts.Finding("disk", probes.verdicts.Level(level), "says", "mend")
    monkeypatch.setattr(doctor, "prepare_django", lambda **_: None)
    monkeypatch.setattr(probes, "examine", lambda: [finding])
    result = CliRunner().invoke(doctor.app, ["--json"])
    assert result.exit_code == code
    assert json.loads(result.output) == [{"name": "disk", "level": level, "says": "says", "mend": "mend"}]
    assert "→ mend" in CliRunner().invoke(doctor.app, []).output


def test_keys_are_written_once_and_for_their_owner_alone(tmp_path):
    target = tmp_path / "keys.env"
    assert CliRunner().invoke(keys.app, [str(target)]).exit_code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.read_text()
    again = CliRunner().invoke(keys.app, [str(target)])
    assert again.exit_code == 2
    assert "is there already" in again.output
    assert target.read_text() == before
