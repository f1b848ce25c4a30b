"""Compiles the word catalogues (.po) to the form the site reads (.mo); no outside program needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parent.parent


def catalogues() -> list[Path]:
    """Every .po file of the platform, in a fixed order."""
    return sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_catalogues() -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many were compiled."""
    compiled = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as words:
            catalogue = read_po(words)
        with target.open("wb") as machine:
            write_mo(machine, catalogue)
        compiled += 1
    return compiled
