"""A database of an earlier version, restored beside the tests' own, brought up to date, and put under Django."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines.queries import forget_periods
from sala.platform.connections import connection_parameters
from sala.serving import backups

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Upgraded:
    """What was brought up to date: the version it was made by, what the commands said."""

    version: str
    said: dict[str, str]


def sala(*arguments: str, **environment: str) -> str:
    """Run a `sala` command as an operator does; what it said. Fails with its words if it does."""
    done = subprocess.run(
        [sys.executable, "-m", "sala.cli", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, f"sala {' '.join(arguments)}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module", params=sorted(p.parent.name for p in HERE.glob("*/database.dump")))
def upgraded(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Upgraded]:
    """The demonstration of an earlier version after `sala migrate` and, twice, `sala seed`."""
    source, name = HERE / request.param, f"upgraded_{os.getpid()}"
    files = tmp_path_factory.mktemp("files")
    shutil.copytree(source / "files", files, dirs_exist_ok=True)
    with django_db_blocker.unblock():
        server = connection_parameters() | {"dbname": "postgres"}
        with psycopg.connect(**server, autocommit=True) as office:
            office.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            office.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8'")
        before, kept = connection.settings_dict["NAME"], settings.MEDIA_ROOT
        connection.close()
        connection.settings_dict["NAME"], settings.MEDIA_ROOT = name, files
        try:
            backups.load_dump(source / "database.dump", say=lambda _: None)
            yield Upgraded(request.param, _bring_up_to_date(files))
        finally:
            connection.close()
            connection.settings_dict["NAME"], settings.MEDIA_ROOT = before, kept
            with psycopg.connect(**server, autocommit=True) as office:
                office.execute(f"DROP DATABASE {name} WITH (FORCE)")
            _forget()


def _bring_up_to_date(files: Path) -> dict[str, str]:
    address = urlsplit(os.environ["DATABASE_URL"])
    there = {
        "DATABASE_URL": address._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "SALA_FILES": str(files),
        "SALA_ROUTING_MODEL": str(files / "model"),
    }
    _forget()
    return {command: sala(*command.split()[:1], **there) for command in ("migrate", "seed", "seed again")}


def _forget() -> None:
    """Reference data is remembered for seconds; here it is another database's."""
    agencies.forget()
    forget_periods()


@pytest.fixture(autouse=True)
def _may_read(upgraded: Upgraded, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database is this folder's own, so pytest-django's marks do not fit: nothing is rolled back in it."""
    with django_db_blocker.unblock():
        yield
