"""`sala ledger`: check a running site from outside, be a witness, print the log's public key."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import httpx
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sala.cli.ledger import audit, witness
from sala.cli.site import prepare_django
from sala.commons.ledger import keys
from sala.engines import merkle

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=__doc__)

Key = Annotated[str, typer.Option("--key", help="The log's public key (name+id+base64), or a file with it.")]


def _fail(code: int, sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def _read_key(text: str) -> merkle.VerifierKey:
    try:
        path = Path(text)
        return merkle.parse_verifier_key(path.read_text() if "+" not in text and path.is_file() else text)
    except (OSError, ValueError) as error:
        _fail(2, f"the key cannot be used: {error}")


@app.command()
def verify(
    url: Annotated[str, typer.Argument(help="Address of the site, for example https://sala.example")],
    key: Key,
    state: Annotated[
        Path | None,
        typer.Option(help="File that remembers what was seen; later runs check growth from there."),
    ] = None,
    witness_key: Annotated[
        list[str] | None,
        typer.Option(
            "--witness", "--witness-key", help="Public key of a witness you trust; repeat for more."
        ),
    ] = None,
    former_key: Annotated[
        list[str] | None,
        typer.Option(
            help="Public key that the log had before a restore gave it a new name; repeat for more."
        ),
    ] = None,
    quorum: Annotated[int, typer.Option(help="How many of these witnesses must have cosigned.")] = 1,
    full: Annotated[bool, typer.Option("--full", help="Read everything again, whatever was seen.")] = False,
) -> None:
    """Check a site's public ledger from outside, trusting only its public key.

    Exit code 0: all is as signed. 1: the log contradicts what it signed. 2: it could not be checked.
    """
    trusted = [_read_key(text) for text in witness_key or []]
    former = [_read_key(text) for text in former_key or []]
    prefix = url.rstrip("/").removesuffix("/ledger") + "/ledger/"
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with (
            httpx.Client(timeout=30, follow_redirects=True) as client,
            Progress(*columns, transient=True) as bar,
        ):
            task = bar.add_task("entries", total=None)
            report = audit.audit(
                fetch=lambda path: _fetch(client, prefix + path),
                key=_read_key(key),
                former=former,
                remembered=None if full else audit.load_memory(state),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        cosigned = audit.require_quorum(report.note, trusted, quorum if trusted else 0)
    except audit.Contradiction as error:
        _fail(1, f"NOT AS SIGNED: {error}")
    except (httpx.HTTPError, audit.Unreadable, ValueError, OSError) as error:
        _fail(2, f"could not be checked: {error}")
    if state:
        audit.save_memory(state, report)
    typer.echo(f"{report.checkpoint.origin}: {report.checkpoint.size} entries, all as signed")
    typer.echo(f"root {merkle.write_hash(report.checkpoint.root)}")
    if report.continues is not None:
        typer.echo(f"continues the log of {report.continues} entries that was seen before")
    for name, at in cosigned:
        typer.echo(f"cosigned by {name} at {at:%Y-%m-%d %H:%M:%S} UTC")


def _fetch(client: httpx.Client, url: str) -> bytes:
    answer = client.get(url)
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise audit.Missing(f"{url} is not there")
    if answer.status_code != httpx.codes.OK:
        raise audit.Unreadable(f"{url} answered {answer.status_code}")
    return answer.content


@app.command("check-proof")
def check_proof(
    proof: Annotated[Path, typer.Argument(help="A kept proof (.tlog-proof).")],
    entry: Annotated[Path, typer.Argument(help="The exact text that was recorded (entry.json).")],
    key: Key,
) -> None:
    """Check a kept proof offline: that this text was recorded in that log."""
    try:
        position, hashes, note = merkle.read_proof(proof.read_text())
        checkpoint = merkle.open_checkpoint(note, _read_key(key))
        leaf = merkle.leaf_hash(entry.read_bytes())
    except (OSError, ValueError) as error:
        _fail(2, f"could not be checked: {error}")
    try:
        merkle.verify_inclusion(
            leaf=leaf, position=position, size=checkpoint.size, proof=hashes, root=checkpoint.root
        )
    except merkle.BadProof as error:
        _fail(1, f"NOT PROVEN: {error}")
    typer.echo(f"entry {position} of {checkpoint.origin} ({checkpoint.size} entries) says exactly this")


@app.command("key")
def show_key() -> None:
    """Print the public key of this installation's log."""
    prepare_django()
    try:
        typer.echo(str(keys.log_key()))
    except ValueError as error:
        _fail(2, str(error))


@app.command("witness")
def run_witness(
    name: Annotated[str, typer.Option(help="The witness's name, for example witness.audit.example/sala")],
    log: Annotated[list[str], typer.Option(help="Public key of a log to witness; repeat for more.")],
    folder: Annotated[Path, typer.Option(help="Folder for the witness's key and state; made if absent.")],
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 7380,
) -> None:
    """Run a witness (C2SP tlog-witness): cosign what continues what it cosigned before, refuse all else."""
    logs = [_read_key(text) for text in log]
    try:
        office = witness.Witness(name=name, folder=folder, logs=logs)
        server = witness.serve(office, host, port)
    except (OSError, ValueError) as error:
        _fail(2, f"the witness cannot start: {error}")
    typer.echo(f"witness {office.key}")
    typer.echo(f"listening on http://{host}:{server.server_port}")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        office.close()
