"""The `sala` command: a table of groups, each loaded by name only when it is called."""

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import typer

# group or command name -> (module that holds a Typer `app`, or module:name of it; one line of help).
# One line each, so that `sala --help` tells the whole story without importing anything heavy.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("sala.cli.demo", "The whole platform with content, on this machine, until Ctrl-C."),
    "appoint": ("sala.cli.appoint", "Give someone a role for an agency, first of all its administrator."),
    "import": ("sala.cli.imports", "Bring in areas, agencies, mandates, holidays, periods, complaints."),
    "serve": ("sala.cli.processes:serve_app", "Run everything on this machine behind one port."),
    "web": ("sala.cli.processes:web_app", "Serve pages only."),
    "stream": ("sala.cli.processes:stream_app", "Serve live streams only."),
    "worker": ("sala.cli.processes:worker_app", "Run jobs, and let listeners hear the ledger."),
    "one-port": ("sala.cli.processes:one_port_app", "Serve pages and streams behind one port."),
    "migrate": ("sala.cli.processes:migrate_app", "Bring the database's tables to this version."),
    "seed": ("sala.cli.seed", "Bring the reference data to this version; again and again if you like."),
    "stop-database": ("sala.cli.processes:stop_database_app", "Stop this machine's embedded database."),
    "keys": ("sala.cli.keys", "Write a new set of secrets for an installation."),
    "doctor": ("sala.cli.doctor", "Check what a real deployment needs, and say how to mend it."),
    "mail": ("sala.cli.mail", "Take letters from a mail server; show and retry those that could not leave."),
    "backup": ("sala.cli.backups:backup_app", "Write everything but the keys into a folder."),
    "restore": ("sala.cli.backups:restore_app", "Load a backup into an empty database, and check it."),
    "files": ("sala.cli.files", "Find stored files that belong to nothing, and files that are missing."),
    "manage": ("sala.cli.manage", "Run a management command of the site's framework (migrate, shell …)."),
    "sequencer": ("sala.cli.sequencer", "Give ledger entries their positions; sign and witness the log."),
    "ledger": (
        "sala.cli.ledger",
        "Check a site's public ledger from outside; run a witness; print the key.",
    ),
    "initiatives": (
        "sala.cli.initiatives",
        "Write the signatures of a collection into a file, and check such a file.",
    ),
    "routing": (
        "sala.cli.routing",
        "Categorise Thai text: train, evaluate, predict, start without labels.",
    ),
    "repeats": ("sala.cli.repeats", "Find texts that tell of the same thing again."),
    "laws": ("sala.cli.laws", "Read Thai laws, write them as Akoma Ntoso, compare and amend them."),
    "budget": ("sala.cli.budget", "Check what must be equal in budgets; write them as open data."),
    "opinions": ("sala.cli.opinions", "Draw the opinion map of agree, disagree and pass votes."),
    "tally": (
        "sala.cli.tally",
        "Count a participatory budget, certify the count, recount a certificate.",
    ),
    "ocds": ("sala.cli.ocds", "Compile, check and measure open contracting data."),
    "indicators": ("sala.cli.indicators", "Compute reasons to look at a contracting process."),
}


class LazyGroup(typer.core.TyperGroup):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        place, _, name = COMMANDS[cmd_name][0].partition(":")
        command = typer.main.get_command(getattr(importlib.import_module(place), name or "app"))
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None, add_completion=False)


@app.callback()
def sala() -> None:
    """Sala: complaints, laws, budgets and procurement in the open; and the engines behind them."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; the console script and `python -m sala.cli` call this."""
    app(args=list(arguments) if arguments is not None else sys.argv[1:], prog_name="sala")
