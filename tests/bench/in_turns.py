"""What requests cost before and after, in turns: `python tests/bench/in_turns.py [--before TREE=HOME] HOME`.

HOME is a state that `bulk.py` made; TREE is another checkout of this repository, HOME its own state of the same size. A
process for each stays up and is asked for one kind of request after the other, again and again, so that whatever else
the machine does weighs on both alike. Told are medians of the rounds: milliseconds of processor time of Python, from
the WSGI environment to the last byte, and of the database processes that work for it.
"""

import argparse
import contextlib
import gc
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]
OWN = 30
NOBODY = "sala_session=nobody"  # past the kept pages, and finds nobody signed in
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า ตอนค่ำมืดมาก เด็กเดินกลับบ้านลำบาก โทร 081-234-5678"
# What a person answers to each question; a redirect leads to the next.
ANSWERS = {
    "where": {"area_words": "ในเมือง ขอนแก่น", "place": "ซอยหลังวัดป่า"},
    "when": {"when": "เมื่อวาน"},
    "privacy": {"privacy": "public"},
    "contact": {"phone": "081-234-5678", "email": "", "name": ""},
}
Work = Callable[[], object]


class Browser:
    """Asks the WSGI application as a server would, and keeps cookies."""

    def __init__(self, application: Any, cookies: str = "") -> None:
        self.application = application
        self.cookies = dict(part.split("=", 1) for part in cookies.split("; ") if part)
        self.asked = 0

    def get(self, address: str) -> str:
        """The page. Raises LookupError for another status than 200."""
        status, _, page = self._ask("GET", address, b"")
        if status != 200:
            raise LookupError(f"{status} from {address}: {page[-600:]}")
        return page

    def post(self, address: str, values: dict[str, str], *, status: tuple[int, ...] = (302, 200)) -> str:
        """Where the answer leads, or "". Raises LookupError for another status."""
        got, headers, page = self._ask("POST", address, urlencode(values).encode())
        if got not in status:
            raise LookupError(f"{got} from {address}: {page[-600:]}")
        return headers.get("location", "")

    def _ask(self, method: str, address: str, body: bytes) -> tuple[int, dict[str, str], str]:
        self.asked += 1
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": parts.path, "QUERY_STRING": parts.query, "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http", "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
            "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }  # fmt: skip
        begun: list[Any] = []
        answer = self.application(environ, lambda status, headers, *_: begun.extend((status, headers)))
        page = b"".join(answer).decode("utf-8", "replace")
        getattr(answer, "close", lambda: None)()
        for name, value in begun[1]:
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
        headers = {name.lower(): value for name, value in begun[1]}
        return int(begun[0][:3]), headers, page


def file_by_form(browser: Browser) -> str:
    """All that a browser asks from the first question to the number, with every question and the slip."""
    token = _token(browser.get("/complaints/new"))
    here = browser.post(
        "/complaints/new", {"text": TEXT, "topic": "street_light", "csrfmiddlewaretoken": token}
    )
    while not here.endswith("/check"):
        status, headers, page = browser._ask("GET", here, b"")
        if status == 302:
            here = headers["location"]
            continue
        if here.endswith("/similar"):
            here = here.replace("/similar", "/privacy")
            continue
        here = browser.post(
            here, {**ANSWERS[here.rpartition("/")[2]], "csrfmiddlewaretoken": _token(page, token)}
        )
    here = browser.post(here, {"csrfmiddlewaretoken": _token(browser.get(here))})
    browser.get(here)
    return here


def _token(page: str, otherwise: str = "") -> str:
    found = _TOKEN.search(page)
    return found[1] if found else otherwise


def works() -> dict[str, Work]:
    """What is measured, by name: one request each, but for the form."""
    from django.core.wsgi import get_wsgi_application
    from running_site import FILING

    application = get_wsgi_application()
    nobody = Browser(application, NOBODY)
    citizen, officer = _signed_in(application, "somying"), _signed_in(application, "officer-city")
    own = _give_own(citizen)
    tracking = itertools.cycle(own)  # each time another matter, as visitors ask
    _keep_counts()

    def page(browser: Browser, address: str) -> Work:
        return lambda: browser.get(address)

    return {
        "a bare Django view with one insert": _bare(FILING["description"]),
        "one filing (Open311)": lambda: nobody.post(
            "/open311/v2/requests.json", FILING, status=(200, 201, 202)
        ),
        "tracking page, made anew": lambda: nobody.get(f"/complaints/{next(tracking)}"),
        "tracking page, signed in": lambda: citizen.get(f"/complaints/{next(tracking)}"),
        "page of the person who filed": lambda: citizen.get(f"/complaints/{next(tracking)}/own"),
        f"own pages with {OWN} matters": page(citizen, "/me/"),
        "public list, made anew": page(nobody, "/matters/"),
        "search for a common word": page(nobody, f"/matters/?q={quote('ถนน')}"),
        "first page, made anew": page(nobody, "/"),
        "officer's inbox": page(officer, "/complaints/work/"),
        "first question of the form": page(nobody, "/complaints/new"),
        "filing by form, all requests": lambda: file_by_form(Browser(application)),
    }


def _signed_in(application: Any, key: str) -> Browser:
    from django.test import Client, override_settings

    with override_settings(DEMO=True):
        client = Client(REMOTE_ADDR="127.0.0.1")
        client.post("/sign-in/demo/", {"key": key})
    return Browser(application, "; ".join(f"{name}={one.value}" for name, one in client.cookies.items()))


def _keep_counts() -> None:
    """What the worker does every five minutes: the first page shows figures that were counted."""
    from sala.core import clock
    from sala.services.complaints import actions

    actions.keep_counts(now=clock.now())


def _give_own(browser: Browser) -> list[str]:
    """Let the person have filed and follow the newest public ones; their references."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    session = SessionStore(browser.cookies["sala_session"]).load()
    (person,) = {value for name, value in session.items() if "person" in name and isinstance(value, int)}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaints_complaint SET person_id = %s WHERE matter_id IN (SELECT id FROM matters_matter"
            " WHERE visibility = 'public' ORDER BY id DESC LIMIT %s)"
            " AND (SELECT count(*) FROM complaints_complaint WHERE person_id = %s) < %s",
            [person, OWN, person, OWN],
        )
        cursor.execute(
            "INSERT INTO matters_follow (matter_id, person_id, contact_sealed, contact_digest, frequency, language,"
            " confirmed_at, created_at) SELECT matter_id, %s, '', '', 'weekly', 'th', now(), now()"
            " FROM complaints_complaint WHERE person_id = %s ON CONFLICT DO NOTHING",
            [person, person],
        )
        cursor.execute(
            "SELECT reference FROM matters_matter m JOIN complaints_complaint c ON c.matter_id = m.id"
            " WHERE c.person_id = %s ORDER BY m.id DESC",
            [person],
        )
        return [row[0] for row in cursor.fetchall()]


def _bare(text: str) -> Work:
    """One view, one insert, no middleware, in the same process and over the same connection."""
    import types

    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection, models
    from django.http import HttpRequest, JsonResponse
    from django.test import override_settings
    from django.urls import path

    class Told(models.Model):
        text = models.TextField()

        class Meta:
            app_label = "bench"
            db_table = "bench_bare"

        def __str__(self) -> str:
            return self.text

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, text text NOT NULL)")
    with override_settings(MIDDLEWARE=[]):
        handler = WSGIHandler()
    addresses = types.ModuleType("bare_addresses")
    addresses.urlpatterns = [  # type: ignore[attr-defined]  # that is what makes it a list of addresses
        path("told", lambda r: JsonResponse({"id": Told.objects.create(text=r.POST["description"]).pk}))
    ]
    whole = handler._middleware_chain

    def only_here(request: HttpRequest) -> Any:
        request.urlconf = addresses  # type: ignore[attr-defined]  # Django's own way to say so
        return whole(request)

    handler._middleware_chain = only_here
    browser = Browser(handler)
    return lambda: browser.post("/told", {"description": text})


def answer_orders() -> None:
    """Measure what standard input names, `TIMES NAME` a line; a line of JSON for each."""
    with contextlib.suppress(ImportError):
        from sala.web.cli.site import prepare_django  # where it was before the first move

    if "prepare_django" not in locals():
        from sala.cli.site import prepare_django
    prepare_django(make_keys=True)
    known = works()
    print(json.dumps(list(known)), flush=True)
    for line in sys.stdin:
        times, _, name = line.rstrip("\n").partition(" ")
        if name == "sequence":
            _sequence()
            print("[0, 0]", flush=True)
            continue
        gc.collect()
        its, mine = _database(), time.process_time()
        for _ in range(int(times)):
            known[name]()
        mine = (time.process_time() - mine) / int(times)
        print(json.dumps([mine * 1000, (_database() - its) * 1000 / int(times)]), flush=True)


def _sequence() -> None:
    from sala.commons.ledger.sequencer import Sequencer

    with Sequencer() as office:
        office.elect()
        while office.step():
            pass


def _database() -> float:
    """Seconds of processor time that the connections of this process used until now, to the microsecond."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [_NAME])
        pids = [row[0] for row in cursor.fetchall()]
    connection.close()
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


_NAME = f"in turns {os.getpid()}"


class Site:
    """One tree with its state, in a process of its own."""

    def __init__(self, tree: Path, home: Path) -> None:
        environment = {
            **os.environ, "SALA_HOME": str(home.resolve()), "SALA_HOSTS": "*", "SALA_OPEN311_KEYS": "bench",
            "SALA_LIMITS_FACTOR": "1000000", "SALA_LOG_LEVEL": "ERROR", "SALA_DB_POOL": "4",
            "PYTHONPATH": os.pathsep.join([str(tree / "src"), str(tree / "tests/bench")]),
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--child", str(tree)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.names: list[str] = json.loads(self._line())

    def measure(self, name: str, times: int) -> list[float]:
        """Milliseconds of Python and of the database, each time."""
        print(times, name, file=self.process.stdin, flush=True)
        return list(json.loads(self._line()))

    def _line(self) -> str:
        assert self.process.stdout
        if line := self.process.stdout.readline():
            return line
        raise RuntimeError(f"the process of {self.process.args} ended")

    def end(self) -> None:
        """Let it end."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


@contextlib.contextmanager
def sites(chosen: argparse.Namespace) -> Iterator[list[Site]]:
    """One process, or that of before and that of now."""
    wanted = [(ROOT, chosen.home)]
    if chosen.before:
        tree, _, home = chosen.before.partition("=")
        wanted.insert(0, (Path(tree), Path(home)))
    made = [Site(tree.resolve(), home) for tree, home in wanted]
    try:
        yield made
    finally:
        for site in made:
            site.end()


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("home", type=Path, nargs="?", help="state that bulk.py made")
    options.add_argument("--before", default="", metavar="TREE=HOME", help="another checkout, and its state")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--only", default="", help="only those whose name has this word")
    options.add_argument("--child", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child:
        sys.path[0] = str(Path(chosen.child) / "tests/bench")
        os.environ["PGAPPNAME"] = _NAME
        answer_orders()
        return 0
    with sites(chosen) as made:
        compare(made, rounds=chosen.rounds, only=chosen.only)
    return 0


def compare(made: list[Site], *, rounds: int, only: str) -> None:
    """Ask each site for each kind of request in turn, and print the medians."""
    print(f"load {os.getloadavg()[0]:.1f}\n\n| milliseconds: Python + database | {_head(made)} |")
    print("|---|" + "--:|" * (2 * len(made) - 1), flush=True)
    taken: dict[str, list[list[list[float]]]] = {
        name: [[] for _ in made] for name in made[0].names if only in name
    }
    for turn in range(rounds + 1):
        for name, columns in taken.items():
            for column, site in zip(columns, made, strict=True):
                found = site.measure(name, 2 if "form" in name else 10)
                column += [found] if turn else []  # the first warms up
        for site in made:
            site.measure("sequence", 1)
    for name, columns in taken.items():
        middle = [[statistics.median(part) for part in zip(*one, strict=True)] for one in columns]
        told = [f"{python:.2f} + {database:.2f}" for python, database in middle]
        if len(middle) == 2:
            told.append(f"{sum(middle[1]) / sum(middle[0]):.2f}")
        print(f"| {name} | {' | '.join(told)} |", flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f}")


def _head(made: list[Site]) -> str:
    return "before | now | ÷" if len(made) == 2 else "now"


if __name__ == "__main__":
    sys.exit(main())
