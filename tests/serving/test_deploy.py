"""The examples of deploy/: proxies in front of a running site, units. Each skips where its program is not installed."""

import http.client
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.whole_site import ROOT, WholeSite, free_port, running, wait_until

pytestmark = pytest.mark.slow

# The temporary folder is the only one that both the proxy's user and the test may use.
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{ access_log off; include /etc/nginx/mime.types; {temporary}
{site}
}}
"""


@pytest.fixture(scope="module")
def site() -> Iterator[WholeSite]:
    """A site that trusts one proxy."""
    with running(SALA_TRUSTED_PROXIES="1") as site:
        site.folder.chmod(0o755)
        yield site


def caddy(site: WholeSite, port: int, folder: Path) -> list[str]:
    """The example with this site's ports, without a certificate; the command that runs it."""
    text = _with_ports((ROOT / "deploy" / "Caddyfile").read_text(), site)
    text = text.replace("sala.example.go.th {", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(text.replace("{\n", "{\n\tadmin off\n", 1))
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def nginx(site: WholeSite, port: int, folder: Path) -> list[str]:
    """As `caddy`; of nginx's example only the encrypted server is kept, and serves without encryption."""
    text = _with_ports((ROOT / "deploy" / "nginx.conf").read_text(), site)
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, count=1, flags=re.DOTALL)
    text = re.sub(r"\n    (listen \[::\]|ssl_).*", "", text)
    text = re.sub(r"listen 443 ssl[^;]*;", f"listen 127.0.0.1:{port};", text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, temporary=temporary, site=text))
    return ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def _with_ports(text: str, site: WholeSite) -> str:
    for example in ("127.0.0.1:8000", "127.0.0.1:8001"):
        text = text.replace(example, f"127.0.0.1:{site.port}")
    return text.replace("/var/lib/sala/static", str(site.folder / "static"))


@pytest.fixture(params=[caddy, nginx], ids=["caddy", "nginx"], scope="module")
def proxy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a proxy in front of the site."""
    if shutil.which(request.param.__name__) is None:
        pytest.skip(f"{request.param.__name__} is not installed")
    folder = tmp_path_factory.mktemp(request.param.__name__)
    with standing(request.param, request.getfixturevalue("site"), folder, _is_up) as port:
        yield port


@contextmanager
def standing(make: Any, site: Any, folder: Path, is_up: Callable[[int], bool]) -> Iterator[int]:
    """A proxy in front of a site; gives its port."""
    port = free_port()
    for above in (folder, *folder.parents[:3]):
        above.chmod(0o755)
    with (folder / "said").open("wb") as said:
        running_one = subprocess.Popen(make(site, port, folder), stdout=said, stderr=said)
    try:
        wait_until(lambda: is_up(port), f"{make.__name__} answers: {(folder / 'said').read_text()}")
        yield port
    finally:
        running_one.terminate()
        running_one.wait(20)


def _is_up(port: int) -> bool:
    try:
        return ask(port, "/healthz")[0] == 200
    except OSError:
        return False


def ask(port: int, path: str, **options: object) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of a request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        str(options.get("method", "GET")), path, options.get("body"), options.get("headers") or {}
    )
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def test_pages_come_through_and_static_files_from_the_disk_for_ever(proxy: int) -> None:
    status, _, page = ask(proxy, "/")
    assert status == 200
    [style] = re.findall(r'href="(/static/sala\.[0-9a-f]+\.css)"', page.decode())
    status, headers, content = ask(proxy, style)
    assert (status, b"--" in content) == (200, True)
    assert "immutable" in headers["Cache-Control"]


def test_figures_are_not_for_the_world(proxy: int) -> None:
    assert ask(proxy, "/metrics")[0] == 404


def test_a_live_event_passes_when_it_happens(proxy: int, site: WholeSite) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy, timeout=60)
    connection.request("GET", "/live?kind=complaint.filed")
    stream = connection.getresponse()
    assert stream.status == 200
    reference = site.file_complaint("ไฟทางดับ ผ่านพร็อกซี")
    while reference.encode() not in (line := stream.readline()):
        assert line, "the stream ended before the event came"
    connection.close()


def test_pictures_pass_and_what_no_form_sends_does_not(proxy: int) -> None:
    kinds = {"Content-Type": "multipart/form-data; boundary=x"}
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.jpg"\r\n\r\n'
    taken, *_ = ask(
        proxy, "/complaints/file/", method="POST", headers=kinds, body=head + bytes(9_000_000) + b"\r\n--x--"
    )
    assert taken not in (413, 502, 504), taken
    too_much = {**kinds, "Content-Length": "200000000"}
    connection = http.client.HTTPConnection("127.0.0.1", proxy, timeout=60)
    connection.putrequest("POST", "/complaints/file/")
    for name, value in too_much.items():
        connection.putheader(name, value)
    connection.endheaders(head + bytes(400_000))  # the beginning of it; some servers read that much first
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("make", [caddy, nginx], ids=["caddy", "nginx"])
def test_who_comes_while_the_site_is_away_reads_when_to_come_back(
    make: Any, site: WholeSite, tmp_path: Path
) -> None:
    if shutil.which(make.__name__) is None:
        pytest.skip(f"{make.__name__} is not installed")
    nowhere = SimpleNamespace(folder=site.folder, port=free_port())
    with standing(make, nowhere, tmp_path, lambda port: _status(port) == 502) as port:
        status, headers, page = ask(port, "/complaints/new")
    assert status == 502
    assert headers["Content-Type"].startswith("text/html")
    assert "ศาลาพักชั่วคราว" in page.decode()
    assert "immutable" not in (headers["Cache-Control"] or "")


def _status(port: int) -> int:
    try:
        return ask(port, "/")[0]
    except OSError:
        return 0


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in (ROOT / "deploy" / "systemd").iterdir():
        # The one thing that is not there before Sala is installed.
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/sala/.venv/bin/sala", "/bin/true"))
    command = ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in found.stderr.splitlines() if "sala" in line]
    assert (found.returncode, ours) == (0, []), found.stderr
