"""A database connection of one's own, past Django's pool: for advisory locks, COPY and LISTEN."""

from typing import Any

import psycopg
from django.db import connection


def connection_parameters() -> dict[str, Any]:
    """How to reach Django's database, as psycopg (and libpq) names the parameters."""
    settings = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    found = {name: settings[setting] for name, setting in names.items() if settings[setting]}
    ours = {"pool", "prepare_threshold"}
    return found | {name: value for name, value in settings["OPTIONS"].items() if name not in ours}


def connect_directly(application: str) -> psycopg.Connection[Any]:
    """A new connection in autocommit mode; `application` is how the database's own lists show it."""
    return psycopg.connect(
        **connection_parameters(), autocommit=True, application_name=application, prepare_threshold=None
    )
