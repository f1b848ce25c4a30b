"""What the database reads for each page: statements, buffers and milliseconds, beside those of another size.

`python tests/bench/plans.py --home var/million [--beside var/plans-1000.json] [DOOR …]` asks each door once, explains
every SELECT of it, and writes the plans of the costly ones to var/plans-ROWS.txt. Counts say more than times here: a
statement whose buffers grow with the table is at fault whatever else the machine does.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import running_site
from visitors import LIST

COSTLY = 2000  # buffers of 8 KB


@dataclass(frozen=True, slots=True)
class Cost:
    """What the database did for one door."""

    statements: int
    buffers: int
    milliseconds: float


@dataclass(slots=True)
class Seen:
    """One statement with its plan."""

    sql: str
    buffers: int
    milliseconds: float
    plan: str


def doors() -> dict[str, Callable[[Any], object]]:
    """Every door whose work could grow with the table: name -> what to do with a client."""
    from sala.commons.matters.models import Matter

    public = Matter.objects.filter(visibility="public", kind="complaint")
    newest = public.order_by("-pk").first()
    count = public.count()
    deep = public.order_by("-pk")[count // 2].pk
    oldest = public.order_by("pk")[count // 100].pk
    busy = public.filter(supporters__gt=0).order_by("-pk").first()
    lists = {
        "newest": "",
        "deep page": f"before={deep}",
        "last pages": f"before={oldest}",
        "one kind": "topic=street_light",
        "a rare kind": "topic=tax_fee",
        "a kind of matter nobody made": "kind=hearing",
        "closed": "stage=closed",
        "received": "stage=received",
        "assigned, deep": f"stage=assigned&before={deep}",
        "a large agency": "agency=bma",
        "a small agency": "agency=town-8421",
        "an unknown agency": "agency=nobody",
        "a province": "area=10",
        "a small province": "area=84",
        "a subdistrict": "area=400101",
        "agency and rare kind": "agency=bma&topic=building&stage=assigned",
        "area and kind": "area=40&topic=street_light",
        "small area and rare kind": "area=8421&topic=tax_fee",
        "kind and stage, deep": f"topic=other&stage=received&before={deep}",
    }
    words = {
        "a very common word": "ไฟ", "two common words": "ถนน น้ำ", "an English word": "street", "a rare number": "48213",
        "a rare place": "โนนมะขาม", "a misspelt word": "ไฟทงดับทั้งซอย", "nonsense": "กขคฆงจฉชซ", "a whole sentence":
        "น้ำประปาไม่ไหลตั้งแต่เมื่อวานทั้งซอย",
    }  # fmt: skip
    found = {f"list: {name}": _get(f"/matters/?{query}") for name, query in lists.items()}
    found |= {f"search: {name}": _get(f"/matters/?q={quote(text)}") for name, text in words.items()}
    found["search: common word in a small area"] = _get(f"/matters/?q={quote('ไฟ')}&area=8421")
    found["search: common word, rare kind"] = _get(f"/matters/?q={quote('ถนน')}&topic=tax_fee")
    found["search: common word, page 20"] = _get(f"/matters/?q={quote('ไฟ')}&page=20")
    boxes = {"country": "97,5,106,21", "city": "100.4,13.6,100.8,13.9", "street": "102.82,16.42,102.83,16.43",
             "region": "101,15,103,17"}  # fmt: skip
    found |= {f"map: {name}": _get(f"/matters/points.json?box={box}") for name, box in boxes.items()}
    found["map: one kind in a region"] = _get("/matters/points.json?box=101,15,103,17&topic=tax_fee")
    for form in ("json", "csv", "atom"):
        found[f"feed: rows.{form}"] = _get(f"/matters/rows.{form}?size=1000")
    found |= {
        "feed: /api/entries, newest": _get("/api/entries?limit=1000&after=-1"),
        "feed: /api/entries, one kind": _get("/api/entries?limit=100&after=1000&kind=complaint.escalated"),
        "feed: /api/matters": _get("/api/matters?size=1000&topic=tax_fee"),
        "feed: steps.atom": _get(f"/m/{newest.reference}/steps.atom"),
        "Open311: newest": _get("/open311/v2/requests.json?page_size=100"),
        "Open311: one kind": _get("/open311/v2/requests.json?page_size=100&service_code=tax_fee"),
        "Open311: closed, page 5": _get("/open311/v2/requests.json?page_size=100&status=closed&page=5"),
        "Open311: since yesterday": _get(f"/open311/v2/requests.json?page_size=9&updated_after={quote(_yesterday())}"),
        "tracking page": _get(f"/complaints/{newest.reference}"),
        "tracking page, much happened": _get(f"/complaints/{(busy or newest).reference}"),
        "first page": _get("/"),
        "first page: live part": _get("/now/"),
        "complaints: start": _get("/complaints/"),
        "agency: large": _get("/agencies/bma"),
        "agency: nationwide": _get("/agencies/pea"),
        "agency: small": _get("/agencies/town-8421"),
        "area: province": _get("/areas/10"),
        "area: subdistrict": _get("/areas/400101"),
        "figures: all": _get("/complaints/figures"),
        "figures: one agency": _get("/complaints/figures?agency=bma"),
        "figures.csv": _get("/complaints/figures.csv"),
        "ledger: first page": _get("/ledger/"),
        "me: own pages": _get("/me/", "somying"),
        "me: own data": _get("/me/data.json", "somying"),
        "overview: executive": _get("/complaints/work/overview", "executive-city"),
        "quarantine": _get("/complaints/work/quarantine", "moderator"),
        "covered": _get("/complaints/work/covered", "moderator"),
        "metrics": _get("/metrics"),
    }  # fmt: skip
    inbox = {"to do today": "", "late": "view=overdue", "new": "view=new", "mine": "view=mine", "open": "view=open",
             "waiting": "view=waiting", "bounced": "view=bounced", "we help": "view=shared", "closed": "view=closed",
             "closed, page 30": "view=closed&page=30", "one kind": "view=open&topic=building", "one area":
             "view=open&area=100402", "a word": f"q={quote('ไฟดับ')}", "a rare word": f"q={quote('48213')}",
             "a number": "q=C69-5999"}  # fmt: skip
    found |= {
        f"inbox: {name}": _get(f"/{LIST}?kind=complaint&{query}", "officer-city")
        for name, query in inbox.items()
    }
    found["inbox of a small office"] = _get(f"/{LIST}", "officer-town")
    return found | _without_pages(newest)


def _without_pages(newest: Any) -> dict[str, Callable[[Any], object]]:
    """What the worker and the filing ask."""
    from sala.commons.matters import queries as matters
    from sala.core import clock
    from sala.services.complaints.queries import list_similar, watch

    now = clock.now()
    place = {"text": "ไฟถนนหน้าโรงเรียนดับ", "topic": "street_light"}
    point = {"latitude": newest.latitude or 13.7, "longitude": newest.longitude or 100.5}
    return {
        "filing: like ones near a point": lambda _: list_similar({**place, **point}, now=now),
        "filing: like ones in an area": lambda _: list_similar({**place, "area": "100402"}, now=now),
        "clock: what is late": lambda _: list(watch.list_late(now)),
        "clock: what nobody confirmed": lambda _: watch.list_unconfirmed(now),
        "letters that are due": lambda _: list(matters.list_due_letters(now)),
    }


def _yesterday() -> str:
    from sala.core import clock

    return (clock.now() - timedelta(days=1)).isoformat(timespec="seconds")


def _get(address: str, who: str = "") -> Callable[[Any], object]:
    def ask(client: Any) -> object:
        answer = client(who).get(address, follow=True)
        if answer.status_code != 200:
            print(f"  {answer.status_code} from {address}", file=sys.stderr)
        return b"".join(answer) if answer.streaming else answer.content

    return ask


class Visitors:
    """Clients by the key of the invented person who is signed in; "" is nobody."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def __call__(self, who: str) -> Any:
        from django.test import Client

        if who not in self._known:
            client = Client(REMOTE_ADDR="127.0.0.1")
            if who:
                client.post("/sign-in/demo/", {"key": who})
            self._known[who] = client
        return self._known[who]


@contextmanager
def watching(taken: list[tuple[str, Any]]) -> Iterator[None]:
    """Note every SELECT with its parameters."""
    from django.db import connection

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            taken.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield


def explain(taken: list[tuple[str, Any]]) -> list[Seen]:
    """Each statement with what it reads and how long it runs."""
    from django.db import connection

    seen = []
    with connection.cursor() as cursor:
        for sql, params in taken:
            if "pg_" in sql or "nextval" in sql or "FOR UPDATE" in sql:
                continue
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            (found,) = cursor.fetchone()
            told = json.loads(found) if isinstance(found, str) else found
            root = told[0]["Plan"]
            buffers = root.get("Shared Hit Blocks", 0) + root.get("Shared Read Blocks", 0)
            plan = ""
            if buffers >= COSTLY:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
                plan = "\n".join(line for (line,) in cursor.fetchall())
            seen.append(Seen(sql, buffers, told[0]["Execution Time"], plan))
    return seen


def measure(chosen: list[str]) -> tuple[dict[str, Cost], str]:
    """The cost of each door, and the plans of the costly statements."""
    from django.core.cache import cache

    from sala.commons.matters.queries.search import forget_frequencies

    visitors, costs, plans = Visitors(), {}, []
    for name, ask in doors().items():
        if chosen and not any(part in name for part in chosen):
            continue
        ask(visitors)  # sign in, warm up
        cache.clear()
        taken: list[tuple[str, Any]] = []
        with watching(taken):
            ask(visitors)
        seen = explain(taken)
        costs[name] = Cost(
            len(seen), sum(s.buffers for s in seen), round(sum(s.milliseconds for s in seen), 1)
        )
        print(
            f"  {name}: {costs[name].buffers:,} buffers, {costs[name].milliseconds} ms",
            file=sys.stderr,
            flush=True,
        )
        plans += [f"## {name}\n{s.sql}\n\n{s.plan}\n" for s in seen if s.plan]
    forget_frequencies()
    return costs, "\n".join(plans)


def main() -> int:
    """Print the table, keep figures and plans in var/."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--beside", type=Path, help="figures of another size")
    options.add_argument("doors", nargs="*", help="parts of names; all if none is given")
    chosen = options.parse_args()
    from sala.platform import database

    was_running = database.is_running(chosen.home.resolve() / "postgres")
    running_site.prepare(chosen.home)
    from django.test.utils import override_settings

    from sala.commons.matters.models import Matter

    with override_settings(DEMO=True):
        costs, plans = measure(chosen.doors)
    rows = Matter.objects.count()
    folder = running_site.ROOT / "var"
    if not chosen.doors:
        figures = {name: asdict(cost) for name, cost in costs.items()}
        (folder / f"plans-{rows}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    (folder / f"plans-{rows}.txt").write_text(plans)
    print_table(costs, json.loads(chosen.beside.read_text()) if chosen.beside else {}, rows)
    if not was_running:
        running_site.stop(chosen.home.resolve())
    return 0


def print_table(costs: dict[str, Cost], others: dict[str, Any], rows: int) -> None:
    """Costs of every door, the other size's beside them."""
    print(f"\n{rows:,} complaints\n")
    print("| door | statements | buffers | ms | buffers there | ms there |\n|---|--:|--:|--:|--:|--:|")
    for name, cost in costs.items():
        other = others.get(name, {})
        print(
            f"| {name} | {cost.statements} | {cost.buffers:,} | {cost.milliseconds:.1f} |"
            f" {other.get('buffers', '')} | {other.get('milliseconds', '')} |"
        )


if __name__ == "__main__":
    sys.exit(main())
