"""What a rate limit costs an act: `python tests/bench/limits.py` prints acts per second of one process.

Three kinds of use: many quiet keys (no statement), well-used keys (one statement an act), keys that are full
(no statement). Beside them the limiter that asks the database each time (a strict policy), and a bare SELECT 1.
"""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

ACTS = 20_000
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def rate_of(act: Callable[[int], object], times: int) -> float:
    """Acts per second."""
    begun = time.perf_counter()
    for number in range(times):
        act(number)
    return times / (time.perf_counter() - begun)


def main() -> None:
    """Measure on an embedded database of its own; prints a small table."""
    os.environ.setdefault("SALA_HOME", tempfile.mkdtemp(prefix="sala-bench-"))
    from sala.platform import database, keys

    for name, value in keys.new_keys().items():
        os.environ.setdefault(name, value)
    database.ensure_database()
    os.environ["DJANGO_SETTINGS_MODULE"] = "sala.site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from sala.core.errors import TooMany
    from sala.platform import limits

    call_command("migrate", "identity", verbosity=0)
    address = limits.Key.ADDRESS
    wide = limits.Policy("bench.wide", {address: limits.Rate(1_000_000, 3600)})
    strict = limits.Policy("bench.strict", {address: limits.Rate(1_000_000, 3600)}, is_strict=True)
    narrow = limits.Policy("bench.narrow", {address: limits.Rate(10, 3600)})

    def full(number: int) -> None:
        with suppress(TooMany):
            limits.require_room(narrow, {address: "192.0.2.1"}, now=NOW)

    def statement(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    for number in range(10):
        full(number)
    rows = [
        (
            "quiet keys, each its own",
            rate_of(lambda n: limits.require_room(wide, {address: f"k{n}"}, now=NOW), ACTS),
        ),
        ("full key, refused", rate_of(full, ACTS)),
        (
            "well-used key, one statement",
            rate_of(lambda n: limits.require_room(strict, {address: "192.0.2.2"}, now=NOW), ACTS // 10),
        ),
        ("SELECT 1, for comparison", rate_of(statement, ACTS // 10)),
    ]
    for name, rate in rows:
        print(f"{name:32} {rate:>12,.0f} acts/s {1e6 / rate:>10.1f} µs")
    connection.close()
    database.stop_embedded(database.home() / "postgres")


if __name__ == "__main__":
    main()
