"""The import contracts as they are written in `.importlinter`, for the tests that compare them with what is there."""

import configparser

from sala.platform.catalogues import SOURCE

ROOT = SOURCE.parents[1]


def contract(name: str) -> configparser.SectionProxy:
    """A contract of `.importlinter`, by its id."""
    parser = configparser.ConfigParser()
    parser.read_string((ROOT / ".importlinter").read_text(encoding="utf-8"))
    return parser[f"importlinter:contract:{name}"]


def lines_of(text: str) -> list[str]:
    """The lines of a value that has one thing on each."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
