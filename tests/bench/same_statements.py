"""The database's own limit for a filing: its statements, captured from a real one, run by pgbench."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FIRST_ID = 900_000_001  # an id that nothing else in a statement looks like


def capture() -> list[str]:
    """The statements of one filing over Open311, as sent, with the values in them; caches are warm."""
    from django.db import connection
    from django.test import Client
    from running_site import FILING

    taken: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        taken.append(context["cursor"].cursor.mogrify(sql, params) if params else sql)
        return execute(sql, params, many, context)

    client = Client()
    client.post("/open311/v2/requests.json", FILING)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE matters_matter_id_seq RESTART {FIRST_ID}")
    with connection.execute_wrapper(keep):
        answer = client.post("/open311/v2/requests.json", FILING)
    reference = answer.json()[0]["service_request_id"]
    return [as_pgbench(sql, reference) for sql in taken]


def as_pgbench(sql: str, reference: str) -> str:
    """A statement with what differs from filing to filing as variables."""
    sql = " ".join(sql.split()).replace(":", "\\:") if False else " ".join(sql.split())
    if "matters_next_number" in sql:
        return f"{sql} AS number \\gset"
    sql = sql.replace(f"'{reference}'", "'C69-' || lpad(:matters_next_number, 7, '0') || '-x'")
    sql = sql.replace(str(FIRST_ID), ":id")
    return f"{sql} \\gset" if "RETURNING" in sql else f"{sql};"
