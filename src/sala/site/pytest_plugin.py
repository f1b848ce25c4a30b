"""What a test run needs before Django starts: fixed keys, its own database, compiled catalogues."""

import hashlib
import os
from typing import Any

import pytest

from sala.platform import database
from sala.platform.catalogues import SOURCE, compile_catalogues

ONE_MAKES_IT = 5_417_001  # a number of our own for the lock that lets one process migrate and the others wait
# Fixed and worthless: they exist so that a test says the same thing every day.
ENVIRONMENT = {
    "SALA_SECRET_KEY": "a-secret-for-tests-only",
    "SALA_DATA_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "SALA_DIGEST_KEY": "digest-key-for-tests-only",
    "SALA_LEDGER_KEY": "bGVkZ2VyLXNlZWQtZm9yLXRlc3RzLW9ubHktMzItYnk=",
    "SALA_LEDGER_ORIGIN": "tests.sala.example/ledger",
    "SALA_LEDGER_MEMORY": "",
    "SALA_SITE_URL": "http://testserver",
    "SALA_HOSTS": "*",
    "SALA_DB_POOL": "0",
    "SALA_ROUTING_MODEL": "/nowhere",
    "SALA_STATIC_NAMES": "plain",
    "SALA_LIVE_ADDRESS": "",
    "SALA_REFERENCE_NEWS": "0",
    "SALA_MAIL_ADDRESS": "req@sala.example",
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
    create = DatabaseCreation._create_test_db  # type: ignore[attr-defined]  # tests only

    def copy_the_migrated(self: Any, *arguments: Any, **more: Any) -> Any:
        if "SALA_TEST_SERVER_OWNER" in os.environ:  # a server of somebody else's is left as it was found
            self.connection.settings_dict["TEST"]["TEMPLATE"] = _migrated_database(self)
        return create(self, *arguments, **more)

    DatabaseCreation._create_test_db = copy_the_migrated  # type: ignore[attr-defined]  # tests only


def _migrated_database(creation: Any) -> str:
    """The name of a database with all migrations in it, made once and copied by every worker of every run.

    Its name is the digest of the migrations, the data beside them and the versions of libraries, so that a change of
    any of them makes a new one and drops the old. Migrating takes most of what a small test run takes.
    """
    name = f"migrated_{_digest_of_migrations()}"
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_MAKES_IT])  # let go with the connection
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'migrated\\_%%'")
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(f"DROP DATABASE {old} WITH (FORCE)")
            cursor.execute("CREATE DATABASE migrated_unfinished TEMPLATE template0")
            _migrate(creation.connection, "migrated_unfinished")
            cursor.execute(f"ALTER DATABASE migrated_unfinished RENAME TO {name}")
    return name


def _migrate(connection: Any, name: str) -> None:
    from django.core.management import call_command

    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False, database=connection.alias, run_syncdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _digest_of_migrations() -> str:
    """What decides how a migrated database looks: migrations, what they read, settings, libraries."""
    files = [*SOURCE.glob("*/*/migrations/*.py"), *SOURCE.glob("*/*/data/**/*"), *SOURCE.glob("site/*.py")]
    files += (SOURCE.parents[1] / "requirements").glob("*.txt")
    whole = hashlib.sha256()
    for file in sorted(path for path in files if path.is_file()):
        whole.update(file.as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:16]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database that this run started."""
    if os.environ.get("SALA_TEST_SERVER_OWNER") == str(os.getpid()):
        database.stop_embedded(database.home() / "test-postgres")
