"""What every command of the site does first: find keys and database, start Django."""

import os

import django

from sala.web import keys
from sala.web.catalogues import compile_catalogues
from sala.web.database import ensure_database


def prepare_environment(*, make_keys: bool = False) -> None:
    """Set DATABASE_URL (embedded unless given) and the secrets (from the keys file, made on request)."""
    # Where the keys come by environment, as on a server, no second set is made.
    if make_keys and not keys.keys_file().exists() and "SALA_SECRET_KEY" not in os.environ:
        keys.write_keys(keys.keys_file())
    if keys.keys_file().exists():
        keys.load_keys(keys.keys_file())
    ensure_database()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.web.settings")


def prepare_django(*, make_keys: bool = False) -> None:
    """Make the site's code usable in this process: environment first, then Django."""
    prepare_environment(make_keys=make_keys)
    compile_catalogues()
    django.setup()
