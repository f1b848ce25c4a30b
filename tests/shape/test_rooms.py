"""Rooms: what every file of a box is, which rooms one box alone has, and how many ways past the front doors are left.

`.importlinter` holds the order of the rooms and lists the exceptions; here stands what it cannot say.
"""

from collections import defaultdict
from pathlib import Path

from tests.shape.contracts import contract, lines_of

from sala.platform.catalogues import SOURCE

ROOT = SOURCE.parents[1]
# Rooms that other boxes see; the contract "front doors" protects all the rest.
SEEN = frozenset({"actions", "queries", "events", "words", "slots", "templatetags", "registration"})
# What Django finds by name. Nobody imports them from a box but Django.
DJANGO_S = frozenset({"apps", "migrations"})
# A file that two boxes have is a room, and has its place in the order of rooms. These one box alone has.
OF_ONE_BOX = {
    "cast": "agencies: the people of the demonstration and their roles",
    "demo": "identity: the invented persons who may sign in without proof",
    "desk_words": "complaints: how an officer's page says what may be done",
    "first_model": "complaints: trains the model that routes, when a site is set up",
    "keys": "ledger: the signing keys, by their time",
    "live": "ledger: the stream of new entries",
    "mail_door": "correspondence: the door for letters, which no address of the web leads to",
    "mappings": "complaints: columns of other cities' tables of complaints",
    "memory": "ledger: what must outlive a database that was restored",
    "openid": "identity: providers who say who somebody is",
    "outbox": "correspondence: letters that wait for the mail server",
    "pages": "ledger: what its pages show of an entry",
    "progress": "ledger: how far the tree has grown",
    "province_map": "complaints: the map of provinces with their figures",
    "reading": "correspondence: takes a letter apart",
    "running": "imports: how a table lands, batch by batch, or is only rehearsed",
    "sequencer": "ledger: gives entries their places and signs",
    "sessions": "identity: what a session knows of its bearer",
    "subscriptions": "ledger: who hears entries, and how far each has heard",
    "witnesses": "ledger: other people's signatures beside ours",
}
# How many lines of exceptions the contract "front doors" holds. Lower it when one goes; never raise it.
MOST_EXCEPTIONS = 21


def layered_rooms() -> set[str]:
    """Rooms that have their place in the order of rooms."""
    return {room.strip(" ()") for line in lines_of(contract("rooms")["layers"]) for room in line.split(":")}


def boxes() -> list[Path]:
    """The folder of every box."""
    floors = (SOURCE / "commons", SOURCE / "services")
    return sorted(path.parent for floor in floors for path in floor.glob("*/__init__.py"))


def boxes_by_room() -> dict[str, set[str]]:
    """Which boxes have a room, by the name of its file or folder."""
    found = defaultdict(set)
    for box in boxes():
        for path in box.iterdir():
            is_module = path.suffix == ".py" and path.stem != "__init__"
            if is_module or (path.is_dir() and (path / "__init__.py").exists()):
                found[path.stem].add(box.name)
    return found


def test_every_file_of_a_box_is_a_known_room() -> None:
    known = layered_rooms() | DJANGO_S | set(OF_ONE_BOX)
    unknown = {room: sorted(where) for room, where in boxes_by_room().items() if room not in known}
    assert not unknown, "use a known room, or say in OF_ONE_BOX what this one holds"


def test_the_contract_and_this_page_name_the_same_rooms_of_one_box() -> None:
    assert set(lines_of(contract("rooms")["exhaustive_ignores"])) == DJANGO_S | set(OF_ONE_BOX)


def test_a_room_of_one_box_is_in_that_box_alone() -> None:
    rooms = boxes_by_room()
    said = {room: {words.partition(":")[0]} for room, words in OF_ONE_BOX.items()}
    assert {room: rooms.get(room) for room in said} == said, (
        "two boxes have it: give it a place among the layers"
    )


def test_every_room_but_those_that_are_seen_is_protected() -> None:
    unseen = (layered_rooms() | set(OF_ONE_BOX)) - SEEN
    protected = {f"sala.{floor}.*.{room}" for floor in ("commons", "services") for room in unseen}
    assert set(lines_of(contract("front-doors")["protected_modules"])) == protected


def test_each_box_may_use_its_own_rooms_and_the_list_of_exceptions_only_shrinks() -> None:
    ignored = [line.split(" -> ") for line in lines_of(contract("front-doors")["ignore_imports"])]
    own = {there for here, there in ignored if here == there}
    packages = {".".join(box.relative_to(SOURCE.parent).parts) for box in boxes()}
    assert own == {f"{package}.**" for package in packages}, "one line for each box"
    exceptions = [f"{here} -> {there}" for here, there in ignored if here != there]
    assert len(exceptions) == MOST_EXCEPTIONS, "one more is a design fault; one less lowers MOST_EXCEPTIONS"


def test_every_exception_has_its_reason() -> None:
    raw = (ROOT / ".importlinter").read_text(encoding="utf-8")
    exceptions = raw.partition("# Exceptions:")[2].partition("\n\n")[0].splitlines()[1:]
    assert exceptions[0].strip().startswith("# "), "each group of exceptions begins with its reason"
