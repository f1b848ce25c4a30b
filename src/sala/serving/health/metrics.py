"""Figures to watch, as OpenMetrics: requests counted where they happen, the rest looked up when asked."""

import hmac
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest

from sala.commons.ledger import queries as ledger
from sala.commons.ledger import subscriptions, witnesses
from sala.core import clock
from sala.serving.health import probes, verdicts
from sala.site import boxes

REQUESTS = Counter("sala_requests", "Requests that reached the site (kept pages do not)", ["route", "status"])
SECONDS = Histogram(
    "sala_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
# Counting complaints reads them all; who asks every few seconds gets the last answer.
KEPT_SECONDS = 30.0

Next = Callable[[HttpRequest], HttpResponse]


class CountRequests:
    """Counts every request by its route (never its address: that may name a complaint) and times it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "none"
        REQUESTS.labels(route, response.status_code).inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)
        return response


class State:
    """What the database knows, collected when somebody asks; at most every half minute."""

    def __init__(self) -> None:
        self._kept: list[Metric] = []
        self._until = 0.0

    def collect(self) -> Iterator[Metric]:
        """The figures as gauges."""
        if time.monotonic() >= self._until:
            self._kept = list(_look())
            self._until = time.monotonic() + KEPT_SECONDS
        yield from self._kept


def _look() -> Iterator[Metric]:
    backlog = ledger.look_at_backlog()
    waited = (clock.now() - backlog.oldest).total_seconds() if backlog.oldest else 0.0
    yield GaugeMetricFamily("sala_entries", "Entries in the ledger", value=backlog.size)
    yield GaugeMetricFamily(
        "sala_entries_unsequenced", "Entries without a position yet", value=backlog.waiting
    )
    yield GaugeMetricFamily("sala_entries_oldest_seconds", "How long the oldest of these waits", value=waited)
    yield GaugeMetricFamily("sala_jobs_waiting", "Jobs that could run now", value=probes.count_jobs())
    unread = GaugeMetricFamily("sala_listener_unread", "Entries not read yet", labels=["listener"])
    for name, count in subscriptions.count_unread().items():
        unread.add_metric([name], count)
    refusing = GaugeMetricFamily(
        "sala_ledger_witness_refusing", "1 while a witness refuses to cosign", labels=["witness"]
    )
    contradicting = GaugeMetricFamily(
        "sala_ledger_witness_contradicting", "1 while it says the log was set back", labels=["witness"]
    )
    for state in witnesses.list_states():
        refusing.add_metric([state.name], float(bool(state.refusal)))
        contradicting.add_metric([state.name], float(state.is_contradiction))
    fault = probes.look_at_signing().level == verdicts.Level.FAILURE
    yield GaugeMetricFamily("sala_ledger_halted", "1 while nothing may be signed here", value=float(fault))
    yield refusing
    yield contradicting
    yield unread
    for _, families in boxes.found_at(lambda box: box.metrics):
        for name, words, label, numbers in families(clock.now()):
            family = GaugeMetricFamily(name, words, labels=[label])
            for value, count in numbers.items():
                family.add_metric([value], count)
            yield family


STATE = State()


def write_all() -> tuple[bytes, str]:
    """Everything in OpenMetrics text, and its content type; of all processes of this server together."""
    registry = CollectorRegistry()
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        _forget_the_dead(Path(folder))
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types here
    else:
        registry.register(REGISTRY)  # type: ignore[arg-type]  # a registry collects like a collector
    registry.register(STATE)  # type: ignore[arg-type]  # has all that a collector needs
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _forget_the_dead(folder: Path) -> None:
    """What a killed process last said of its present (its listeners) is true no longer."""
    for file in folder.glob("gauge_live*.db"):
        try:
            os.kill(int(file.stem.rpartition("_")[2]), 0)
        except ProcessLookupError:
            file.unlink(missing_ok=True)


def may_read(request: HttpRequest) -> bool:
    """Who has the token; without one configured, only programs of this machine, and never through a proxy."""
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    is_direct = "X-Forwarded-For" not in request.headers
    return is_direct and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}
