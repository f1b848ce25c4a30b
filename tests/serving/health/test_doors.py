"""/readyz and /metrics: what they tell, and whom."""

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from sala.serving.health import metrics, probes, verdicts, views

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(metrics, "STATE", metrics.State())
    monkeypatch.setattr(views, "_is_migrated", False)


def test_ready_when_database_tables_and_ledger_are():
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_not_ready_without_the_newest_tables(monkeypatch):
    monkeypatch.setattr(probes, "waiting_migrations", lambda: ["ledger.0009_more"])
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations: 1 to apply, first ledger.0009_more\n")


def test_not_ready_while_entries_stay_unsigned(monkeypatch):
    stale = verdicts.judge_ledger(waiting=3, oldest_seconds=600, is_sequenced=True)
    monkeypatch.setattr(probes, "look_at_backlog", lambda: stale)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content[:18]) == (503, b"ledger: 3 entries ")


def test_not_ready_without_a_database(monkeypatch):
    def gone():
        raise DatabaseError

    monkeypatch.setattr(probes, "waiting_migrations", gone)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database\n")


def test_metrics_are_openmetrics_and_name_routes_never_addresses():
    Client().get("/healthz?secret=CMP-1")
    text = Client().get("/metrics").content.decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    samples = families["sala_requests"].samples
    assert any(s.labels == {"route": "healthz", "status": "200"} and s.value >= 1 for s in samples)
    assert "CMP-1" not in text
    assert {"sala_entries", "sala_entries_unsequenced", "sala_jobs_waiting"} <= families.keys()
    assert {"sala_request_seconds", "sala_listener_unread", "sala_complaints"} <= families.keys()
    statuses = {sample.labels["status"] for sample in families["sala_complaints"].samples}
    assert {"received", "resolved"} <= statuses


@pytest.mark.parametrize(
    ("token", "headers", "remote", "status"),
    [
        ("", {}, "127.0.0.1", 200),
        ("", {}, "203.0.113.9", 404),
        ("", {"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ("right", {}, "127.0.0.1", 404),
        ("right", {"Authorization": "Bearer wrong"}, "127.0.0.1", 404),
        ("right", {"Authorization": "Bearer right"}, "203.0.113.9", 200),
    ],
)
def test_metrics_are_for_the_token_or_this_machine(settings, token, headers, remote, status):
    settings.METRICS_TOKEN = token
    assert Client().get("/metrics", headers=headers, REMOTE_ADDR=remote).status_code == status
