"""The database's own limit for a filing: its statements, captured from a real one, run by pgbench."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit


def capture() -> list[str]:
    """The statements of one filing over Open311 as pgbench runs them, after a first one that filled what is kept."""
    from django.db import connection
    from django.db.backends.postgresql.psycopg_any import mogrify
    from django.test import Client
    from running_site import FILING

    taken: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        taken.append(mogrify(sql, params, context["connection"]) if params else sql)
        return execute(sql, params, many, context)

    client = Client()
    client.post("/open311/v2/requests.json", FILING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 900000000 FROM matters_matter")
        first = cursor.fetchone()[0]
        cursor.execute(f"ALTER SEQUENCE matters_matter_id_seq RESTART {first}")
    with connection.execute_wrapper(keep):
        answer = client.post("/open311/v2/requests.json", FILING)
    reference = answer.json()[0]["service_request_id"]
    return [_as_pgbench(sql, reference, str(first)) for sql in taken]


def _as_pgbench(sql: str, reference: str, first: str) -> str:
    """A statement with what differs from filing to filing as variables."""
    sql = " ".join(sql.split())
    if "matters_next_number" in sql:
        return f"{sql} AS number \\gset"
    sql = sql.replace(f"'{reference}'", "'C69-' || lpad(:number::text, 7, '0') || '-x'")
    sql = sql.replace(first, ":matter_id")
    if "RETURNING" in sql:
        return f"{sql} \\gset {'matter' if 'matters_matter' in sql else 'other'}_"
    return f"{sql};"


def run_pgbench(statements: list[str], *, seconds: float, connections: int) -> float:
    """Transactions per second of these statements, all of them one transaction, on kept connections."""
    from sala.platform import database

    folder = database.programs()
    if folder is None:
        raise FileNotFoundError("pgbench is not beside the embedded PostgreSQL")
    url = urlsplit(os.environ["DATABASE_URL"])
    host = dict(parse_qsl(url.query)).get("host", url.hostname or "")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        whole = statements if len(statements) == 1 else ["BEGIN;", *statements, "COMMIT;"]
        file.write("\n".join([*whole, ""]))
        file.flush()
        options = ["-n", "-M", "simple", "-c", str(connections), "-j", "1", "-T", str(round(seconds))]
        place = ["-h", host, "-U", url.username or "postgres", "-f", file.name, url.path.lstrip("/")]
        done = subprocess.run(
            [str(folder / "pgbench"), *options, *place], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("tps")]
    return float(line.split()[2])
