"""`sala sequencer`: gives ledger entries their positions and has checkpoints witnessed. Start as many as you like."""

import logging
import signal
import threading
from typing import Annotated

import typer
from prometheus_client import start_http_server

from sala.cli.site import prepare_django

app = typer.Typer(rich_markup_mode=None)


@app.command()
def sequencer(
    metrics_port: Annotated[int, typer.Option(help="Port for OpenMetrics on this machine; 0 for none.")] = 0,
) -> None:
    """Run a sequencer until it is told to stop; one of all that run is elected, the others stand by."""
    prepare_django()
    from sala.commons.ledger import keys, sequencer, witnesses  # only now is Django ready

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        keys.log_signer(), keys.witnesses()
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if metrics_port:
        start_http_server(metrics_port, "127.0.0.1")
    submitting = threading.Thread(target=witnesses.run, args=(stop,), name="witnessing")
    submitting.start()
    try:
        sequencer.run(stop)
    except sequencer.Inconsistent as error:
        typer.echo(f"The ledger contradicts itself, nothing more is signed: {error}", err=True)
        raise typer.Exit(1) from None
    finally:
        stop.set()
        submitting.join()
