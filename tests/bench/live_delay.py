"""How long until a filing is heard on /live of the running site, measured from the moment it was sent."""

import http.client
import json
import threading
import time
import urllib.request
from urllib.parse import urlencode

from load import Speed

EVERY = 0.2


def measure_delays(port: int, filing: dict[str, str], *, seconds: float) -> Speed:
    """File five times a second; the delays until each is heard, and how many were heard in a second.

    The time of the filing itself is in it, so the delay from commit to listener is shorter.
    """
    heard: dict[str, float] = {}
    stop = threading.Event()
    listener = threading.Thread(target=_listen, args=(port, heard, stop), daemon=True)
    listener.start()
    time.sleep(1)
    sent: dict[str, float] = {}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        sent[_file(port, filing)] = begun
        time.sleep(max(0.0, EVERY - (time.monotonic() - begun)))
    deadline = time.monotonic() + 10
    while sent.keys() - heard.keys() and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    delays = sorted((heard[reference] - at) * 1000 for reference, at in sent.items() if reference in heard)
    if not delays:
        return Speed(0, 0, 0, len(sent))
    missing = len(sent) - len(delays)
    return Speed(len(delays) / seconds, delays[len(delays) // 2], delays[int(len(delays) * 0.99)], missing)


def _file(port: int, filing: dict[str, str]) -> str:
    address = f"http://127.0.0.1:{port}/open311/v2/requests.json"
    with urllib.request.urlopen(address, urlencode(filing).encode(), timeout=30) as answer:
        return str(json.load(answer)[0]["service_request_id"])


def _listen(port: int, heard: dict[str, float], stop: threading.Event) -> None:
    """Note when each matter's entry comes; a stream that ends is opened again after its last position."""
    last = ""
    while not stop.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/live", headers={"Last-Event-ID": last} if last else {})
        answer = connection.getresponse()
        while not stop.is_set() and (line := answer.readline()):
            if line.startswith(b"id: "):
                last = line[4:].strip().decode()
            elif line.startswith(b"data: "):
                reference = json.loads(line[6:])["entry"]["matter"]
                heard.setdefault(str(reference), time.monotonic())
        connection.close()
