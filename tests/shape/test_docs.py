"""What the documents say is there: paths, commands with their options, verbs, variables, events, slots."""

import ast
import importlib.util
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from typer.main import get_command

from sala.cli import main
from sala.core.events import Event

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sala"
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
# Below these a document may name a path without saying so.
PLACES = (
    ROOT,
    SOURCE,
    SOURCE / "services" / "complaints",
    SOURCE / "services",
    SOURCE / "commons",
    ROOT / "docs",
)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tool() -> ModuleType:
    """tools/docs.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
PAGES: dict[str, Callable[[], str]] = TOOL.PAGES


@pytest.mark.parametrize("name", PAGES)
def test_pages_made_from_the_code_are_those_the_code_makes(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"


def our_events() -> list[type[Event]]:
    """Every event of a box of ours."""
    return [event for classes in TOOL.events().values() for event in classes]


def test_every_event_has_a_line_that_says_when_and_an_action_that_leaves_it() -> None:
    page, left = TOOL.events_page(), TOOL.recorders()
    for event in our_events():
        assert f"| `{event.kind}` |" in page
        assert event.__doc__, f"{event.__name__} says not when it happens"
        assert left[event.__name__], f"no action leaves {event.__name__}"
    assert {e.kind for e in our_events()} == {
        k for k, e in Event.known.items() if e.__module__[:5] == "sala."
    }


def test_every_slot_says_what_it_is_for() -> None:
    silent = [slot.name for slot in TOOL.slots() if not slot.words]
    assert not silent, "put a comment above it"


# ── paths ────────────────────────────────────────────────────────────────────

_LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
_TICKED = re.compile(r"`([^`\n]+)`")
_PATHLIKE = re.compile(r"[\w./*-]+/[\w./*-]*|\w[\w-]*\.(?:py|md|mjs|html|js|css)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# Files that a reader makes, and folders of the site that are addresses and no files.
THEIRS = re.compile(r"^(/|https?:|\.\./shared|var/|models/|path/to|out/|tables/)|^(sys|mytopics)\.")
TOPS = {path.name for path in ROOT.iterdir()} | {path.name for path in SOURCE.iterdir()}


def paths_named(text: str) -> Iterator[str]:
    """What a document names in `…` that must be one of our paths: it begins with one of our folders, or is a file."""
    for word in _TICKED.findall(_FENCE.sub("", text)):
        if not _PATHLIKE.fullmatch(word) or THEIRS.search(word):
            continue
        if "/" not in word or word.split("/", 1)[0] in TOPS or word.endswith((".py", ".md")):
            yield word


def is_there(word: str, document: Path) -> bool:
    """Whether a path stands below one of the places a reader would look."""
    return any(any(place.glob(word.rstrip("/"))) for place in (document.parent, *PLACES))


def is_anywhere(word: str) -> bool:
    """Whether a bare file name is the name of some file of ours."""
    return any(True for top in ("src", "tests", "tools", "docs", "deploy") for _ in (ROOT / top).rglob(word))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = [link for link in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in links if not (document.parent / link).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_named_is_there(document: Path) -> None:
    words = set(paths_named(document.read_text(encoding="utf-8")))
    gone = {w for w in words if not is_there(w, document) and ("/" in w or not is_anywhere(w))}
    assert not gone


# ── commands ─────────────────────────────────────────────────────────────────

_MAKE = re.compile(r"(?:`|^|[A-Z]+=\S+ )make ([a-z][a-z-]+)", re.MULTILINE)
_MODULE = re.compile(r"python -m ([\w.]+)((?: [\w-]+)*)")
_VARIABLE = re.compile(r"\bSALA_[A-Z0-9_]+[A-Z0-9]\b")
_ENDS = re.compile(r"\s+#|\s*[<>|;&…]|\s{3,}")


def commands_in(text: str) -> Iterator[str]:
    """Every `sala …` of a document, and every one of its examples, without comment and redirection."""
    fenced = "\n".join(_FENCE.findall(text))
    lines = [line.strip() for line in fenced.splitlines() if re.match(r"\s*sala [a-z-]", line)]
    yield from (_ENDS.split(line, maxsplit=1)[0] for line in lines)
    for word in _TICKED.findall(_FENCE.sub("", text)):
        if re.match(r"sala( [a-z-]+(?!:)\b| --|$)", word):
            yield _ENDS.split(word, maxsplit=1)[0]


def wrong_in(command: str) -> str:
    """What `sala` would not understand of a command: a group, a verb, an option. Values are not looked at."""
    words = shlex.split(command)[1:]
    here: click.Command = get_command(main.app)
    context = click.Context(here)
    while words and hasattr(here, "get_command") and not words[0].startswith("-"):
        group: Any = here
        found = group.get_command(context, words[0]) or group.get_command(
            context, getattr(group, "default", "")
        )
        if found is None:
            return f"no `{words[0]}`"
        here, words = found, words[1:]  # of a group with a default the first word is its file
        context = click.Context(here, parent=context)
    options = {
        name
        for parameter in here.get_params(context)
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    options |= {"--help"}
    unknown = [w for w in words if re.fullmatch(r"--?[a-z][\w-]*", w) and w not in options]
    return f"no option {unknown[0]}" if unknown and here.name != "manage" else ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_named_is_understood(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert not {command: wrong for command in commands_in(text) if (wrong := wrong_in(command))}


def test_wrong_commands_are_noticed() -> None:
    assert wrong_in("sala ledger verify https://x --key K") == ""
    assert wrong_in("sala legder") == "no `legder`"
    assert wrong_in("sala ledger verify --kye K") == "no option --kye"
    assert list(commands_in("`sala keys FILE > x`\n```\nsala keys   # new ones\n```")) == [
        "sala keys",
        "sala keys FILE",
    ]


def test_every_verb_and_module_and_variable_named_is_there() -> None:
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    sources = "\n".join(
        p.read_text(encoding="utf-8")
        for p in [*SOURCE.rglob("*.py"), *(ROOT / "tools").glob("*")]
        if p.is_file()
    )
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert set(_MAKE.findall(text)) <= verbs, document.name
        for module, _ in _MODULE.findall(text):
            assert importlib.util.find_spec(module), f"{document.name}: python -m {module}"
        for variable in set(_VARIABLE.findall(text)):
            is_made = re.fullmatch(r"SALA_OIDC_[A-Z]+_[A-Z_]+", variable)
            assert variable in sources or is_made, f"{document.name}: {variable}"


RULES = sorted((ROOT / "docs" / "rules").glob("*.md"))


@pytest.mark.parametrize("page", RULES, ids=named)
def test_every_rules_page_says_where_it_is_decided_and_what_would_make_it_wrong(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.search(r"\bwrong\b", text, re.IGNORECASE)
    assert re.search(r"`(src/)?(sala|engines|services|commons|core)[/.]", text), "name the code that decides"
    source = r"source|\blaw\b|\bAct\b|RFC|Polis|standard|measured"
    assert re.search(source, text, re.IGNORECASE), "name the source"


def python_in(text: str) -> Iterator[str]:
    """The Python examples of a document."""
    yield from re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def imported(module: str, name: str) -> object:
    """What "from module import name" gives: something in it, or a module below it."""
    found = importlib.import_module(module)
    return getattr(found, name) if hasattr(found, name) else importlib.import_module(f"{module}.{name}")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_python_example_names_what_is_there(document: Path) -> None:
    for example in python_in(document.read_text(encoding="utf-8")):
        tree = ast.parse(example)
        known: dict[str, object] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sala"):
                known |= {
                    alias.asname or alias.name: imported(str(node.module), alias.name) for alias in node.names
                }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in known
            ):
                assert hasattr(known[node.value.id], node.attr), ast.unparse(node)


def test_every_verb_of_make_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert verbs is not None
    assert all(re.search(rf"^{verb}:.*## \S", text, re.MULTILINE) for verb in verbs[1].split())
