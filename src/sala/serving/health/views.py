"""Doors for those who watch the site: is it ready, and how much is going on."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.serving.health import metrics, probes, verdicts

_is_migrated = False


@open_to_all
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready to serve: the database answers and has its tables, entries are signed by our key. Else 503 and why.

    What is no fault yet (one witness of several refuses) is told below the "ok".
    """
    try:
        migrations = _migrations()
        looks = () if migrations.level == "failure" else (probes.look_at_backlog, *LOOKS)
        found = [migrations, *(look() for look in looks)]
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    shown = [finding for finding in found if finding.level == "failure"]
    head = "" if shown else "ok\n"
    shown = shown or [finding for finding in found if finding.level == "warning"]
    lines = "".join(f"{finding.name}: {finding.says}\n" for finding in shown)
    return HttpResponse(head + lines, status=200 if head else 503, content_type="text/plain; charset=utf-8")


LOOKS = (probes.look_at_signing, probes.look_at_witnesses, probes.look_at_room)


def _migrations() -> verdicts.Finding:
    # What was applied stays applied while this process lives; reading the files again would cost 100 ms.
    global _is_migrated  # noqa: PLW0603  # one fact of the process
    finding = verdicts.judge_migrations([] if _is_migrated else probes.waiting_migrations())
    _is_migrated = finding.level == "ok"
    return finding


@open_to_all
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """OpenMetrics for a monitoring program; nobody else learns that it is here."""
    if not metrics.may_read(request):
        raise NotFound("not_found")
    body, content_type = metrics.write_all()
    return HttpResponse(body, content_type=content_type)
