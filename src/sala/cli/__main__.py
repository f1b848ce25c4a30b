"""`python -m sala.cli` is the `sala` command."""

from sala.cli.main import run

run()
