"""The witness program: own key, own state, HTTP. What it may cosign is decided in engines/merkle."""

import base64
import fcntl
import json
import os
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sala.core import clock
from sala.engines import merkle

LONGEST_REQUEST = 300_000


class Witness:
    """A witness over one folder, which holds its key and what it cosigned last; no two may share a folder."""

    def __init__(self, *, name: str, folder: Path, logs: Sequence[merkle.VerifierKey]) -> None:
        """Raises ValueError for a bad name or a damaged file, OSError if another witness uses the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._lock_file = (folder / "lock").open("w")
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OSError(f"another witness uses {folder}") from None
        self._signer = merkle.Signer(name, _seed(folder / "witness.key"), merkle.COSIGNATURE)
        merkle.parse_verifier_key(str(self.key))
        self._state_file = folder / "state.json"
        self._latest = _read_state(self._state_file)
        self._logs = {key.name: [key] for key in logs}
        self._one_at_a_time = threading.Lock()

    @property
    def key(self) -> merkle.VerifierKey:
        """The public key that checks this witness's cosignatures."""
        return self._signer.public

    def close(self) -> None:
        """Let the folder go."""
        self._lock_file.close()

    def sizes(self) -> dict[str, int]:
        """How many entries of each log it has cosigned."""
        return {origin: latest.size for origin, latest in self._latest.items()}

    def add_checkpoint(self, body: bytes) -> str:
        """Answer a request: the cosignature line. Raises merkle.Refusal.

        Checking and keeping happen under one lock, and what was kept is on disk before the answer.
        """
        request = merkle.read_request(body)
        merkle.require_known(request, self._logs)
        with self._one_at_a_time:
            origin = request.checkpoint.origin
            merkle.require_consistent(request, self._latest.get(origin))
            latest = self._latest | {origin: request.checkpoint}
            _write_state(self._state_file, latest)
            self._latest = latest
            return self._signer.cosign(request.note.text, int(clock.now().timestamp()))


def serve(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """A server for the witness; the caller runs and closes it. Raises OSError if the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        """POST /add-checkpoint as the protocol says; GET / tells who this is."""

        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint" or not length.isdecimal() or int(length) > LONGEST_REQUEST:
                self.close_connection = True  # the body stays unread
                self._say(404 if self.path != "/add-checkpoint" else 413, "not here\n")
                return
            body = self.rfile.read(int(length))
            try:
                self._say(200, witness.add_checkpoint(body))
            except merkle.Refusal as refusal:
                kind = "text/plain; charset=utf-8" if refusal.size is None else "text/x.tlog.size"
                text = f"{refusal}\n" if refusal.size is None else f"{refusal.size}\n"
                self._say(refusal.status, text, kind)

        def do_GET(self) -> None:
            sizes = "".join(f"{origin} {size}\n" for origin, size in sorted(witness.sizes().items()))
            self._say(200, f"{witness.key}\n{sizes}")

        def _say(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
            raw = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            if self.close_connection:
                # Said, or the next request of a client that keeps its connection meets one that is gone.
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            """Requests are not written to the terminal."""

    return ThreadingHTTPServer((host, port), Handler)


def _seed(path: Path) -> bytes:
    """The witness's private seed; made on the first start, readable by its owner alone."""
    if not path.exists():
        _write(path, base64.b64encode(os.urandom(32)) + b"\n")
    seed = base64.b64decode(path.read_bytes())
    if len(seed) != 32:
        raise ValueError(f"{path} holds no key")
    return seed


def _read_state(path: Path) -> dict[str, merkle.Checkpoint]:
    if not path.exists():
        return {}
    try:
        texts: dict[str, str] = json.loads(path.read_text())
        return {origin: merkle.parse_checkpoint(text) for origin, text in texts.items()}
    except (AttributeError, TypeError, ValueError):
        raise ValueError(f"{path} is damaged; a witness that lost its memory must be retired") from None


def _write_state(path: Path, latest: dict[str, merkle.Checkpoint]) -> None:
    texts = {origin: checkpoint.text() for origin, checkpoint in latest.items()}
    _write(path, json.dumps(texts, ensure_ascii=False).encode())


def _write(path: Path, content: bytes, sync: Callable[[int], None] = os.fsync) -> None:
    """Write a file whole or not at all, on disk when this returns."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        sync(file.fileno())
    os.replace(fresh, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        sync(folder)
    finally:
        os.close(folder)
