"""What import contracts do not see points down too: templates, tags, styles, addresses and SQL name nothing above."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from tests.shape.contracts import contract, lines_of

from sala.platform.catalogues import SOURCE

MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(path for path in SOURCE.rglob("*") if "templates" in path.parts and path.is_file())
# Tags and files of the framework and of packages, and those that `make setup` builds of `design/scripts`.
OUTER_TAGS = frozenset({"i18n", "static", "l10n", "tz", "humanize"})
BUILT = re.compile(r"(fonts|leaflet)/|(fonts\.css|ground\.json|[a-z]+\.js)$")

# A table of another box in a statement, where a question to the owning box would cost too much. Only shrinks.
TABLES_OF_OTHERS = {
    # A complaint's page is read by one statement; its module says why: building nine cost more than running them.
    "services/complaints/queries/loading.py": {"matters_matter", "agencies_desk"},
}


def levels() -> dict[str, int]:
    """How high each floor stands, and each box of commons; the contracts say it, from top to bottom."""
    rows: list[list[str]] = []
    for line in lines_of(contract("floors")["layers"]):
        names = [name.strip(" ()") for name in line.split(":")]
        if names == ["commons"]:
            layers = lines_of(contract("commons")["layers"])
            rows += [[f"commons.{name.strip(' ()')}" for name in row.split(":")] for row in layers]
        else:
            rows.append(names)
    return {name: len(rows) - height for height, row in enumerate(rows) for name in row}


LEVELS = levels()


def box_of(path: Path) -> str:
    """The box or floor a file stands in: "commons.matters", "services.complaints", "site"."""
    parts = path.relative_to(SOURCE).parts
    return ".".join(parts[:2]) if parts[0] in {"commons", "services"} else parts[0]


def level_of(box: str) -> int:
    """How high a box stands."""
    return LEVELS["services" if box.startswith("services.") else box]


def is_below(target: str, box: str) -> bool:
    """Whether a box may name what is `target`'s: its own, or of a lower floor. Neighbours may not."""
    return target == box or level_of(target) < level_of(box)


_SPACE = re.compile(r"^app_name = \"(\w+)\"", re.MULTILINE)


def homes() -> dict[tuple[str, str], str]:
    """Which box has a template, a static file, a library of tags or a namespace of addresses, by its name."""
    found = {}
    for path in SOURCE.rglob("*"):
        for what in ("templates", "static"):
            if path.is_file() and f"/{what}/" in path.as_posix():
                found[what, path.as_posix().partition(f"/{what}/")[2]] = box_of(path)
        if path.parent.name == "templatetags" and path.suffix == ".py":
            found["load", path.stem] = box_of(path)
        is_addresses = path.name == "urls.py" or (path.parent.name == "urls" and path.suffix == ".py")
        if is_addresses and (space := _SPACE.search(path.read_text(encoding="utf-8"))):
            found["url", space[1]] = box_of(path)
    return found


HOMES = homes()
_TAG = re.compile(r"\{%-?\s*(extends|include|load|static|url)\s+([^%]*?)\s*-?%\}")


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """(sort, name) of everything a template takes from elsewhere; names that are values are not known here."""
    for tag, rest in _TAG.findall(text):
        if tag == "load":
            for name in rest.partition(" from ")[2].split() or rest.split():
                yield "load", name
            continue
        quoted = re.match(r"[\"']([^\"']+)", rest)
        if quoted and tag == "url":
            if ":" in quoted[1]:
                yield "url", quoted[1].partition(":")[0]
        elif quoted:
            yield {"static": "static"}.get(tag, "templates"), quoted[1]


def name_of(path: Path) -> str:
    """A short name for the list of tests."""
    return path.relative_to(SOURCE).as_posix()


def test_every_box_has_its_height() -> None:
    for path in MODULES:
        if path.parent not in {SOURCE, SOURCE / "commons", SOURCE / "services"}:
            assert level_of(box_of(path)) > 0


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_takes_only_from_its_own_box_and_lower_floors(path: Path) -> None:
    upward = []
    for sort, name in named_in(path.read_text(encoding="utf-8")):
        home = HOMES.get((sort, name))
        if home is None:
            known = name in OUTER_TAGS if sort == "load" else sort == "static" and BUILT.match(name)
            assert known, f"nobody has {sort} {name}"
        elif not is_below(home, box_of(path)):
            upward.append(f"{sort} {name} of {home}")
    assert not upward, "let the upper box give it: by a slot, or by its registration"


_SPACES = "|".join(sorted(name for sort, name in HOMES if sort == "url"))
_ADDRESS = re.compile(rf"({_SPACES}):[a-z_0-9]+")


def texts(path: Path) -> Iterator[str]:
    """Every text of a module: parts of formatted ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_module_names_a_page_of_a_box_above_it() -> None:
    upward = [
        f"{name_of(path)}: {text}"
        for path in MODULES
        for text in texts(path)
        if (found := _ADDRESS.fullmatch(text)) and not is_below(HOMES["url", found[1]], box_of(path))
    ]
    assert not upward


# A box's tables begin with its name, Django makes them so of the label; one that moved may have kept its old name.
_OWNERS = {box.rpartition(".")[2]: box for box in {box_of(path) for path in SOURCE.rglob("registration.py")}}
_OWNERS.pop("platform", None)
_TABLE = re.compile(
    rf"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|TRUNCATE|ONLY|ON|REFERENCES)\s+\"?(({'|'.join(sorted(_OWNERS))})_\w+)"
)


def owner_of(table: str, label: str) -> str:
    """The box a table belongs to: that of its model, or of the label it begins with."""
    labels = {model._meta.db_table: model._meta.app_label for model in apps.get_models()}
    return _OWNERS[labels.get(table, label)]


def test_no_statement_names_a_table_of_another_box() -> None:
    foreign = defaultdict(set)
    for path in MODULES:
        for text in texts(path):
            for table, label in _TABLE.findall(text):
                if owner_of(table, label) != box_of(path):
                    foreign[name_of(path)].add(table)
    assert dict(foreign) == TABLES_OF_OTHERS, "ask a query of the box whose table it is"
