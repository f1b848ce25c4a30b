"""Template lines fit a screen: at most 120 columns, but for those counted in long-template-lines.txt, which shrinks.

A plain sentence that is too long becomes `{% blocktranslate trimmed %}`: its msgid stays, its lines may end anywhere.
"""

from pathlib import Path

import pytest

from sala.platform.catalogues import SOURCE

WIDEST = 120
LIST = Path(__file__).with_name("long-template-lines.txt")
TEMPLATES = sorted(
    path
    for path in SOURCE.rglob("*")
    if "templates" in path.parts and path.suffix in (".html", ".txt", ".xml", ".svg")
)


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def allowed() -> dict[str, int]:
    """How many long lines a template still has, by its name."""
    rows = [
        line.split() for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return {name: int(count) for count, name in rows}


def long_lines(path: Path) -> list[int]:
    """The numbers of a template's lines that are too long."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if len(line) > WIDEST]


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_line_of_a_template_is_longer_than_120_columns(path: Path) -> None:
    most, found = allowed().get(named(path), 0), long_lines(path)
    assert len(found) <= most, f"lines {found}"
    assert len(found) == most, f"only {len(found)} are left: lower its row in {LIST.name}"


def test_every_template_of_the_list_is_there() -> None:
    assert set(allowed()) <= {named(path) for path in TEMPLATES}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.as_posix().split("/templates/", 1)[1])
def test_no_tag_goes_over_the_end_of_its_line(path: Path) -> None:
    """Django knows a tag only on one line: one that was wrapped shows as words, and its link leads nowhere."""
    source = path.read_text(encoding="utf-8")
    broken = [
        number
        for number, line in enumerate(source.splitlines(), 1)
        if line.count("{%") != line.count("%}") or line.count("{{") != line.count("}}")
    ]
    assert not broken, f"lines {broken} begin or end within a tag"
