"""`python -m sala.web.cli` is the `sala` command."""

from sala.web.cli.main import run

run()
