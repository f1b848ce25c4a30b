"""What every command of the site does first: find keys and database, start Django. What is missing is said in words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
import typer

from sala.commons.ledger import keys as ledger
from sala.platform import database, keys
from sala.platform.catalogues import compile_catalogues

CANNOT_RUN = 2


class Unready(RuntimeError):
    """This installation cannot run as it is; the message says what to do, in one or two sentences."""


def prepare_environment(*, make_keys: bool = False, is_own: bool = True) -> None:
    """Set DATABASE_URL (embedded unless given) and the secrets (from the keys file, made on request).

    Keys are made only for a database that holds no ledger yet. With `is_own` the newest checkpoint must be of this
    installation's key. Ends the command with a sentence and status 2 if it cannot run.
    """
    with saying_what_is_wrong():
        if keys.keys_file().exists():
            keys.load_keys(keys.keys_file())
        url = database.ensure_database()
        standing = _look_at(url)
        _require_keys(standing, may_make=make_keys)
        if is_own and standing is not None:
            _require_own(standing)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.site.settings")


def prepare_django(*, make_keys: bool = False, is_own: bool = True) -> None:
    """Make the site's code usable in this process: environment first, then Django."""
    prepare_environment(make_keys=make_keys, is_own=is_own)
    with saying_what_is_wrong():
        compile_catalogues()
        django.setup()


def require_site() -> None:
    """Ends the command with a sentence and status 2 where no site is, before anything is made: no folder, no server."""
    if os.environ.get("DATABASE_URL") and not keys.list_missing():
        return
    # Not `database.home()`, which makes the folder.
    folder = Path(os.environ.get("SALA_HOME", "var")).resolve()
    has_database = bool(os.environ.get("DATABASE_URL")) or (folder / "postgres").is_dir()
    has_keys = (folder / "keys.env").is_file() or not keys.list_missing()
    if has_database and has_keys:
        return
    typer.echo(
        f"There is no site here (looked in {folder}). Go to the folder of the site, or name it in SALA_HOME; `sala"
        " migrate` makes a new one.",
        err=True,
    )
    raise typer.Exit(CANNOT_RUN)


@contextmanager
def saying_what_is_wrong() -> Iterator[None]:
    """End the command with one sentence where the machine, its folders or its settings do not let it run."""
    try:
        yield
    except (Unready, database.CannotStart, keys.Unreadable) as fault:
        said = str(fault)
    except OSError as fault:
        where = f"{fault.filename}: " if fault.filename else ""
        said = f"{where}{fault.strerror or fault}"
    else:
        return
    typer.echo(said, err=True)
    raise typer.Exit(CANNOT_RUN)


def _look_at(url: str) -> ledger.Standing | None:
    """What the database holds of a ledger; None while it does not answer, which pages and doctor say themselves."""
    try:
        return ledger.look_at(url)
    except psycopg.Error:  # also an address that is none; Django says of that what is wrong with it
        return None


def _require_keys(standing: ledger.Standing | None, *, may_make: bool) -> None:
    """All four keys are there, or may be made. Raises Unready.

    Keys made over a ledger would end it and leave contact data sealed for ever, so that is never done; nor is it
    done while nobody can say whether there is a ledger.
    """
    missing = keys.list_missing()
    if not missing:
        return
    names, where = ", ".join(missing), keys.keys_file()
    if standing is not None and standing.has_entries:
        raise Unready(
            f"This database holds a ledger, and its keys are not here ({names}). Bring back the keys it was made with"
            f" ({where}, or the environment); new ones are never made over a ledger."
        )
    # Where keys come by environment, as on a server, no second set is made; nor is a part of a set made up.
    if where.exists() or len(missing) < len(keys.NAMES):
        raise Unready(f"{names} not set; complete {where} or the environment from the copy of your keys.")
    if not may_make:
        raise Unready(f"{names} not set; sala keys FILE writes a new set of keys to keep.")
    if standing is None:
        raise Unready(
            "The database does not answer, so nobody knows whether it has keys already; none are made."
        )
    keys.write_keys(where)
    keys.load_keys(where)


def _require_own(standing: ledger.Standing) -> None:
    origin = os.environ.get("SALA_LEDGER_ORIGIN", ledger.EXAMPLE_ORIGIN)
    try:
        is_own = not standing.checkpoint or ledger.is_own(
            standing.checkpoint, origin=origin, key=os.environ["SALA_LEDGER_KEY"]
        )
    except ValueError as error:
        raise Unready(str(error)) from None
    if not is_own:
        raise Unready(f"This database holds a ledger, but {ledger.FOREIGN}.")
