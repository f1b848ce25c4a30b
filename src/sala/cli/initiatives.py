"""`sala initiatives`: the signatures of a collection as a file for a committee, and the check of such a file."""

import hashlib
from pathlib import Path
from typing import Annotated

import httpx
import typer

from sala.cli.ledger import Key, _fail, _fetch, _read_key, audit
from sala.cli.site import prepare_django
from sala.commons.participation.events import SignatureGiven
from sala.engines import signatures

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=__doc__)

PURPOSE = "initiative"


@app.command()
def export(
    reference: Annotated[str, typer.Argument(help="Number of the matter that is signed for.")],
    file: Annotated[
        Path, typer.Argument(help="File to write; it holds personal data where papers bore them.")
    ],
    purpose: Annotated[str, typer.Option(help="What the signatures are for.")] = PURPOSE,
) -> None:
    """Write all signatures that count into a file, signed with the log's key; the ledger holds its digest.

    Run it when nobody signs any more. Exit code 2: nothing was written, and a sentence says why.
    """
    prepare_django()
    from sala.commons.participation import actions, queries  # Django is ready only now
    from sala.core import clock
    from sala.core.actors import SYSTEM
    from sala.core.errors import SalaError

    fresh = file.with_name(file.name + ".new")
    try:
        terms = queries.get_terms(reference, purpose)
        head = queries.head_of(terms, reference)
        digest = hashlib.sha256()
        with fresh.open("wb") as out:
            for line in queries.lines_to_hand_over(terms, head):
                digest.update(line)
                out.write(line)
            note = actions.hand_over(actor=SYSTEM, now=clock.now(), head=head, sha256=digest.hexdigest())
            out.write(signatures.trailer(note).encode())
        fresh.replace(file)
    except (SalaError, OSError) as refusal:
        fresh.unlink(missing_ok=True)
        _fail(2, f"not written: {getattr(refusal, 'code', refusal)}")
    typer.echo(f"{file}: {head.count} signatures, {head.confirmed} of them confirmed")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A file that was handed over.")],
    ledger: Annotated[str, typer.Option(help="Address of the site whose ledger holds the signatures.")],
    key: Key,
) -> None:
    """Check a file from outside: signed by the log, as many as told, nobody twice, each in the tree by proof.

    Exit code 0: all fits. 1: something contradicts what was signed. 2: it could not be checked.
    """
    prefix = ledger.rstrip("/").removesuffix("/ledger") + "/ledger/"
    try:
        with file.open("rb") as lines, httpx.Client(timeout=30, follow_redirects=True) as client:
            report = signatures.check_file(
                lines,
                key=_read_key(key),
                fetch=lambda path: _fetch(client, prefix + path),
                kind=SignatureGiven.kind,
            )
    except signatures.Contradiction as error:
        _fail(1, f"NOT AS SIGNED: {error}")
    except (httpx.HTTPError, audit.Unreadable, ValueError, OSError) as error:
        _fail(2, f"could not be checked: {error}")
    head = report.head
    typer.echo(f"{head.collection} {head.purpose}: {head.count} signatures, each once and in the ledger")
    typer.echo(f"confirmed by a register: {head.confirmed}")
    for channel, count in sorted(report.by_channel.items()):
        typer.echo(f"by {channel}: {count}")
