"""A whole site for measuring: fresh keys, embedded PostgreSQL at its durable defaults, a small state, `sala serve`."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AREAS = """code,name_th,name_en,latitude,longitude
40,ขอนแก่น,Khon Kaen,16.44,102.83
4001,เมืองขอนแก่น,Mueang Khon Kaen,16.43,102.82
400101,ในเมือง,Nai Mueang,16.432,102.823
"""
AGENCIES = """code,kind,name_th,name_en,parent,area,is_central
opm-1111,central_unit,ศูนย์บริการประชาชน 1111,Government Contact Centre 1111,,,yes
pea,state_enterprise,การไฟฟ้าส่วนภูมิภาค,Provincial Electricity Authority,,,
kk-muni,local_authority,เทศบาลนครขอนแก่น,Khon Kaen City Municipality,,4001,
"""
MANDATES = """agency,topic,area,law_th,law_en,valid_from,valid_until
kk-muni,street_light,4001,พ.ร.บ. เทศบาล พ.ศ. 2496 มาตรา 56,Municipality Act B.E. 2496 section 56,2000-01-01,
pea,electricity,,พ.ร.บ. การไฟฟ้าส่วนภูมิภาค พ.ศ. 2503,Provincial Electricity Authority Act B.E. 2503,2000-01-01,
"""
# What a system or a form posts: 150 letters, a telephone number to be masked, a point, a contact.
FILING = {
    "api_key": "bench",
    "service_code": "street_light",
    "description": "ไฟถนนหน้าโรงเรียนบ้านโนนม่วงดับมาสองสัปดาห์แล้ว ตอนค่ำมืดมาก เด็ก ๆ เดินกลับบ้านลำบาก"
    " กลัวรถชน ขอให้มาซ่อมด้วยครับ โทร 081-234-5678",
    "address_string": "หน้าโรงเรียนบ้านโนนม่วง",
    "address_id": "400101",
    "lat": "16.4321",
    "long": "102.8236",
    "phone": "0812345678",
}


def free_port() -> int:
    """A TCP port that nobody uses, below those the system hands out: a client that knocks at a closed one of those
    again and again ends up connected to itself, and holds it."""
    for port in range(21_000 + os.getpid() % 5000, 32_000):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


def prepare(home: Path | None = None) -> Path:
    """Make database and state in a fresh folder, or one to keep, and Django usable here; returns the folder."""
    folder = home.resolve() if home else Path(tempfile.mkdtemp(prefix="sala-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(
        SALA_HOME=str(folder),
        SALA_HOSTS="*",
        SALA_OPEN311_KEYS="bench,demo",
        SALA_LIMITS_FACTOR="1000000",
        SALA_LOG_LEVEL="ERROR",
        SALA_DB_POOL="0",
    )
    from sala.cli.site import prepare_django

    prepare_django(make_keys=True)
    from django.core.management import call_command

    from sala.services.complaints.first_model import make_first_model

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    make_first_model()
    _settle()
    return folder


def _settle() -> None:
    from sala.commons.agencies import actions as agencies
    from sala.commons.places import actions as places
    from sala.core import clock
    from sala.core.actors import SYSTEM
    from sala.core.tables import rows_of

    columns, rows = rows_of(AREAS.splitlines())
    table = places.AreaTable("areas", columns, list(rows))
    places.import_areas(actor=SYSTEM, now=clock.now(), tables=[table])
    for text, take in ((AGENCIES, agencies.import_agencies), (MANDATES, agencies.import_mandates)):
        take(actor=SYSTEM, now=clock.now(), rows=rows_of(text.splitlines())[1])


@contextlib.contextmanager
def serving(*, port: int = 0, **more: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run `sala serve` on a port (a free one) with the environment of `prepare` and more; then stop it."""
    port = port or free_port()
    environment = {**os.environ, "PORT": str(port), "PYTHONPATH": str(ROOT / "src"), **more}
    environment.pop("SALA_DB_POOL")
    environment.pop("DATABASE_URL")  # found anew in the folder, and started if it has ended
    process = subprocess.Popen(
        [sys.executable, "-m", "sala.cli", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("SHOW_LOGS") else subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_up(port)
        yield port, process
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def ensure_running() -> None:
    """Start the database again if `sala serve` took it along when it ended."""
    from sala.platform import database

    database.start_embedded(database.home() / "postgres")


def wait_until_up(port: int, *, seconds: float = 60) -> None:
    """Wait until the pages answer. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2),
        ):
            return
        time.sleep(0.2)
    raise TimeoutError(f"no answer on port {port} after {seconds:.0f} s")


def stop(folder: Path) -> None:
    """Stop the database; everything is kept."""
    from django.db import connection

    from sala.platform import database

    connection.close()
    with contextlib.suppress(Exception):
        database.stop_embedded(folder / "postgres")


def clear_away(folder: Path) -> None:
    """Stop the database and take everything away."""
    stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def machine() -> str:
    """One line: machine, load, versions."""
    import platform

    import granian
    from django import get_version
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('fsync'), "
            "current_setting('synchronous_commit')"
        )
        version, fsync, commit = cursor.fetchone()
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, Django {get_version()}, granian {granian.__version__}, "
        f"PostgreSQL {version} (fsync {fsync}, synchronous_commit {commit})"
    )
