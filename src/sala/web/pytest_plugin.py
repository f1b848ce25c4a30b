"""What a test run needs before Django starts: fixed keys, its own database, compiled catalogues."""

import os
from typing import Any

import pytest

from sala.web import database
from sala.web.catalogues import compile_catalogues

# Fixed and worthless: they exist so that a test says the same thing every day.
ENVIRONMENT = {
    "SALA_SECRET_KEY": "a-secret-for-tests-only",
    "SALA_DATA_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "SALA_DIGEST_KEY": "digest-key-for-tests-only",
    "SALA_LEDGER_KEY": "bGVkZ2VyLXNlZWQtZm9yLXRlc3RzLW9ubHktMzItYnk=",
    "SALA_LEDGER_ORIGIN": "tests.sala.example/ledger",
    "SALA_SITE_URL": "http://testserver",
    "SALA_HOSTS": "*",
    "SALA_DB_POOL": "0",
    "SALA_ROUTING_MODEL": "/nowhere",
    "SALA_STATIC_NAMES": "plain",
    "SALA_LIVE_ADDRESS": "",
    "SALA_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
}


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Runs before Django reads its settings; xdist workers inherit what the first process found."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = database.start_embedded(database.home() / "test-postgres")
        os.environ["SALA_TEST_SERVER_OWNER"] = str(os.getpid())
        compile_catalogues()


def pytest_configure(config: pytest.Config) -> None:
    """Let tests empty the ledger between them: nothing else may, a trigger refuses it."""
    from django.db.backends.postgresql.creation import DatabaseCreation
    from django.db.backends.postgresql.operations import DatabaseOperations

    empty = DatabaseOperations.execute_sql_flush

    def empty_with_ledger(self: Any, sql_list: Any) -> None:
        switch = "SET LOCAL session_replication_role = replica;"
        empty(self, [switch, *sql_list] if sql_list else sql_list)

    DatabaseOperations.execute_sql_flush = empty_with_ledger  # type: ignore[method-assign]  # tests only

    def drop_at_once(self: Any, test_database_name: str, verbosity: int) -> None:
        # A thread of a live server may still hold its connection when the run ends; the database goes all the same.
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")

    DatabaseCreation._destroy_test_db = drop_at_once  # type: ignore[attr-defined]  # tests only


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database that this run started."""
    if os.environ.get("SALA_TEST_SERVER_OWNER") == str(os.getpid()):
        database.stop_embedded(database.home() / "test-postgres")
