"""A whole site as it really runs: own folder, own PostgreSQL, `sala serve` with all its processes on one port."""

import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg
import pytest

from sala.engines import merkle

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "tests" / "bench"
LONGEST_SECONDS = 60.0
ORIGIN = "tests.sala.example/whole"
FILING = {
    "api_key": "bench",
    "service_code": "street_light",
    "address_id": "400101",
    "address_string": "หน้าโรงเรียนบ้านโนนม่วง",
    "lat": "16.4321",
    "long": "102.8236",
}


def wait_until(is_so: Callable[[], object], what: str) -> None:
    """Look again and again until it is so. Fails with `what` after a minute."""
    end = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        if time.monotonic() > end:
            pytest.fail(f"not within {LONGEST_SECONDS:.0f} s: {what}")
        time.sleep(0.05)


def clean_environment(**more: str) -> dict[str, str]:
    """This process's environment without what the tests told Django, and more."""
    ours = ("SALA_", "DATABASE_URL", "DJANGO_", "PYTEST_", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONPATH": str(ROOT / "src")} | more


@dataclass
class WholeSite:
    """A running site: its folder, its address, the environment of its processes, what they wrote."""

    folder: Path
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def logs(self) -> str:
        """Everything its processes wrote so far."""
        return (self.folder / "logs").read_text(encoding="utf-8")

    def sala(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run another `sala` command beside it, in the same installation."""
        return subprocess.run(
            [sys.executable, "-m", "sala.cli", *arguments],
            env=self.environment | more,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def get(self, path: str) -> bytes:
        """What is answered at a path."""
        with urllib.request.urlopen(self.url + quote(path, safe="/?=&,"), timeout=30) as answer:
            body: bytes = answer.read()
            return body

    def status_of(self, path: str) -> int:
        """The status at a path, whatever it is."""
        try:
            with urllib.request.urlopen(self.url + quote(path, safe="/?=&"), timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    def post(self, path: str, values: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Post JSON; the status and what is answered."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=json.dumps(values).encode(), headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read())

    def file_complaint(self, text: str, **more: str) -> str:
        """File a complaint by HTTP, as a program does, again and again until it is answered; its reference."""
        body = urlencode(FILING | {"description": text} | more).encode()
        request = urllib.request.Request(f"{self.url}/open311/v2/requests.json", data=body)
        for _ in range(60):
            with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=10) as answer:
                reference: str = json.loads(answer.read())[0]["service_request_id"]
                return reference
            time.sleep(0.25)
        pytest.fail("no filing is answered")

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to its database, as whoever owns the server has one."""
        lines = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()
        return psycopg.connect(
            host=lines[4], port=int(lines[3]), user="postgres", dbname="sala", autocommit=True
        )

    def kill(self, word: str) -> None:
        """SIGKILL the processes of one kind ("worker", "sequencer"); of "pages" those that answer requests."""
        children = psutil.Process(self.process.pid).children()
        found = [child for child in children if ("site" if word == "pages" else word) in child.name()]
        victims = [process for site in found for process in site.children()] if word == "pages" else found
        assert victims, word
        for victim in victims:
            victim.kill()


@contextlib.contextmanager
def running(**more: str) -> Iterator[WholeSite]:
    """A new site with a small state, until the end of the block. It takes some ten seconds to begin."""
    with prepared() as folder, serving(folder, **more) as site:
        yield site


@contextlib.contextmanager
def prepared() -> Iterator[Path]:
    """The folder of a new installation with a small state; its database runs already."""
    made = subprocess.run(
        [sys.executable, "-c", "import running_site; print(running_site.prepare())"],
        env=clean_environment(PYTHONPATH=f"{ROOT / 'src'}:{BENCH}"),
        cwd=BENCH,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    folder = Path(made.stdout.split()[-1])
    try:
        yield folder
    finally:
        stop = [sys.executable, "-m", "sala.cli", "stop-database"]
        subprocess.run(stop, env=clean_environment(SALA_HOME=str(folder)), check=False)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(folder: Path, **more: str) -> Iterator[WholeSite]:
    """`sala serve` over an installation that is there, until the end of the block; its database ends with it."""
    port = free_port()
    environment = clean_environment(
        SALA_HOME=str(folder),
        SALA_SITE_URL=f"http://127.0.0.1:{port}",
        SALA_OPEN311_KEYS="bench",
        SALA_LIMITS_FACTOR="1000",
        SALA_LEDGER_ORIGIN=ORIGIN,
        SALA_EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        **more,
    )
    command = [sys.executable, "-m", "sala.cli", "serve", "--port", str(port), "--workers", "1"]
    with (folder / "logs").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
    site = WholeSite(folder, port, environment, process)
    try:
        wait_until(lambda: answers(site), f"the site answers\n{site.logs}")
        yield site
    finally:
        process.terminate()
        process.wait(60)


def log_signer(folder: Path) -> merkle.Signer:
    """The signer of an installation's log: its public key is what outsiders are given."""
    lines = (folder / "keys.env").read_text().splitlines()
    [seed] = [
        value for name, _, value in (line.partition("=") for line in lines) if name == "SALA_LEDGER_KEY"
    ]
    return merkle.Signer(ORIGIN, base64.b64decode(seed))


def answers(site: WholeSite) -> bool:
    """Whether pages are answered and everything behind them is ready."""
    with contextlib.suppress(OSError):
        return site.get("/readyz") == b"ok\n"
    return False


def free_port() -> int:
    """A port nobody uses, below those the system hands out to clients."""
    made = subprocess.run(
        [sys.executable, "-c", "import running_site; print(running_site.free_port())"],
        env=clean_environment(PYTHONPATH=f"{ROOT / 'src'}:{BENCH}"),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(made.stdout)


@pytest.fixture(scope="module")
def whole_site() -> Iterator[WholeSite]:
    """One running site for the tests of a file."""
    with running() as site:
        yield site
