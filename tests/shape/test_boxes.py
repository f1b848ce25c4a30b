"""What boxes say of themselves: nothing forgotten, nothing said twice, and no service named but in the one list."""

import ast
import dataclasses
import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from sala.core.events import Event
from sala.platform.catalogues import SOURCE
from sala.platform.registration import Box, Kind
from sala.site import boxes
from sala.site.navigation import PLANNED

BOXES = boxes.every_box()
KINDS = tuple(boxes.every_kind())
NOW = datetime(2026, 6, 19, 8, 30, tzinfo=UTC)
# Complaints were there when one letter was thought to be enough, and references of theirs are printed on paper.
ONE_LETTER = frozenset({"complaint"})
# Names that events once had. The ledger keeps its entries for ever, so their words must stay.
FORMER_EVENTS = frozenset({"agencies.areas_imported"})


def twice(names: Iterable[Any]) -> list[Any]:
    """What is named more than once."""
    return [name for name, times in Counter(names).items() if times > 1]


def folder_of(box: Box) -> Path:
    """Where a box stands."""
    return SOURCE.joinpath(*box.package.split(".")[1:])


def events_of(box: Box) -> list[type[Event]]:
    """The events a box defines."""
    if not (folder_of(box) / "events.py").exists() and not (folder_of(box) / "events").exists():
        return []
    module = importlib.import_module(f"{box.package}.events")
    return [each for each in vars(module).values() if isinstance(each, type) and is_own_event(each, box)]


def is_own_event(each: type, box: Box) -> bool:
    """Whether this is an event that the box itself defines."""
    return (
        issubclass(each, Event) and each is not Event and each.__module__.startswith(f"{box.package}.events")
    )


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of every text of a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value


@pytest.mark.parametrize("form", [Box, Kind], ids=lambda form: form.__name__)
def test_no_point_of_a_registration_has_a_default(form: type) -> None:
    given = [
        field.name
        for field in dataclasses.fields(form)
        if field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    ]
    assert not given, "a point that can be forgotten is forgotten by the fourth service"


def test_every_box_of_the_tree_is_in_the_list_once() -> None:
    floors = (SOURCE / "commons", SOURCE / "services")
    there = {
        ".".join(path.parent.relative_to(SOURCE.parent).parts)
        for floor in floors
        for path in floor.glob("*/registration.py")
    }
    assert sorted(boxes.PACKAGES) == sorted(there)
    assert [box.package for box in BOXES] == list(boxes.PACKAGES)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_kind_says_everything_the_spine_shows_of_it(kind: Kind) -> None:
    assert re.fullmatch("[a-z][a-z_]+", kind.code)
    assert len(kind.letters) == (1 if kind.code in ONE_LETTER else 2)
    assert str(kind.name)
    assert str(kind.plural)
    # A kind that no office works through a list has nobody to write letters about it.
    assert kind.messages or kind.worklist is None
    stages = kind.stages()
    assert stages
    assert not twice(code for code, _ in stages)
    for code, words in stages:
        assert str(words)
        assert kind.stage(code)[0]
    assert not twice(code for code, _ in kind.topics("th"))
    assert "A" in kind.page("A")
    assert "A" in kind.work_page("A")


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box.name)
def test_a_box_registers_events_of_its_own_alone(box: Box) -> None:
    own = {event.kind for event in events_of(box)}
    named = set(box.event_words)
    for kind in box.kinds:
        of_kind = {*kind.event_colours, *kind.silent_events, *kind.passed_over_events, *kind.duties}
        assert {event.partition(".")[0] for event in of_kind} - {box.name} == {kind.code}
        named |= of_kind
    assert not named - own - FORMER_EVENTS


NAMES = {
    "code of a kind": [kind.code for kind in KINDS],
    "letters of a kind": [kind.letters for kind in KINDS],
    "box": [box.name for box in BOXES],
    "refusal": [code for box in BOXES for code in box.refusals],
    "event": [event.kind for box in BOXES for event in events_of(box)],
    "words of an event": [event for box in BOXES for event in box.event_words],
    "held piece": [held.code for box in BOXES for held in box.held],
    "name of a held piece": [name for box in BOXES for name in box.held_names],
    "code in held pieces": [name for box in BOXES for name in box.held_codes],
    "purpose": [purpose.code for box in BOXES for purpose, _ in box.purposes],
    "consent": [purpose for box in BOXES for purpose in box.consents],
    "table": [table.name for box in BOXES for table in box.tables],
    "importer": [importer.name for box in BOXES for importer in box.imports],
    "door": [box.door.key for box in BOXES if box.door],
    "path of the API": [path for box in BOXES for path, _ in box.routers if path],
    "path of programs": [path for box in BOXES for path in box.refuse_programs],
    "module of addresses": [module for box in BOXES for _, module in box.addresses],
    "preparation": [place for box in BOXES for place in box.preparations],
    "play of the demonstration": [box.demonstration for box in BOXES if box.demonstration],
}


@pytest.mark.parametrize("what", NAMES)
def test_no_name_is_given_twice(what: str) -> None:
    assert not twice(NAMES[what])


def test_a_planned_door_gives_way_to_the_built_one_of_its_key() -> None:
    assert not twice(door.key for door in PLANNED)


def address_names(
    patterns: Iterable[URLPattern | URLResolver], space: str = ""
) -> Iterator[tuple[str, str, str]]:
    """(namespace:name, module of the view, path) of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from address_names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}", pattern.callback.__module__, str(pattern.pattern)


def test_no_address_name_is_given_to_two_pages() -> None:
    # One name may have several forms of one address (with and without an ending): then one module answers them all.
    modules: dict[str, set[str]] = {}
    for name, module, _path in address_names(get_resolver().url_patterns):
        modules.setdefault(name, set()).add(module)
    assert modules
    assert not {name: found for name, found in modules.items() if len(found) > 1}


@pytest.mark.django_db
def test_no_metric_is_named_twice_and_each_is_ours() -> None:
    names = [name for _box, families in boxes.found_at(lambda box: box.metrics) for name, *_ in families(NOW)]
    assert not twice(names)
    assert all(name.startswith("sala_") for name in names)


# Everything in src but the boxes that could name them: (path, text), migrations and catalogues left out.
_READ = {".py", ".html", ".txt", ".js", ".css", ".csv", ".toml", ".svg", ".sql"}
_LEFT_OUT = {"migrations", "locale", "standard", "scripts"}


def written_outside(box: Box) -> Iterator[tuple[str, str]]:
    """Every text file of the source that stands outside a box, but the one list of boxes."""
    own, lists = folder_of(box), SOURCE / "site" / "boxes.py"
    for path in sorted(SOURCE.rglob("*")):
        is_read = path.suffix in _READ and path.is_file() and not _LEFT_OUT & set(path.parts)
        if is_read and path != lists and not path.is_relative_to(own):
            yield path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")


SERVICES = [box for box in BOXES if box.package.startswith("sala.services.")]


@pytest.mark.parametrize("box", SERVICES, ids=lambda box: box.name)
def test_nothing_outside_a_service_names_it_but_the_list_of_boxes(box: Box) -> None:
    name = re.escape(box.name)
    naming = re.compile(rf"services[./]{name}\b|[\"']{name}[:/]\w|\baddresses\.{name}\b")
    found = {path for path, text in written_outside(box) if naming.search(text)}
    assert not found, "let it come from the registration of its box"


@pytest.mark.parametrize("box", SERVICES, ids=lambda box: box.name)
def test_no_code_of_a_kind_and_no_event_is_written_outside_its_service(box: Box) -> None:
    names = {kind.code for kind in box.kinds} | {event.kind for event in events_of(box)}
    own = folder_of(box)
    found = [
        f"{path.relative_to(SOURCE)}:{line} {text}"
        for path in SOURCE.rglob("*.py")
        if not path.is_relative_to(own) and "migrations" not in path.parts
        for line, text in texts_of(path)
        if text in names
    ]
    quoted = re.compile("|".join(rf"[\"']{re.escape(name)}[\"']" for name in sorted(names)))
    found += [path for path, text in written_outside(box) if not path.endswith(".py") and quoted.search(text)]
    assert not found


def test_no_event_of_any_box_is_written_by_hand_outside_it() -> None:
    owners = {event.kind: box for box in BOXES for event in events_of(box)}
    found = [
        f"{path.relative_to(SOURCE)}:{line} {text}"
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        for line, text in texts_of(path)
        if (owner := owners.get(text)) and not path.is_relative_to(folder_of(owner))
    ]
    assert not found, "name the event's class: a kind that is renamed must not be heard by nobody"
