"""Packages with something wrong in them, made from published samples: the same ones every time."""

import copy
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WRONG: list[Any] = [None, "", " ", [], {}, 0, 5, -1, 5.5, True, "text", ["x"], [None], [{}], {"id": "x"}]
DATES = [
    "2024-01-01",
    "2024-02-30T00:00:00Z",
    "2024-01-01T00:00:00",
    "2024-01-01t00:00:00z",
    "2024-01-01T00:00:00+07:00",
    "2024-01-01T24:00:00Z",
    "๒๕๖๗-๐๑-๐๑",
    "01/03/2567",
]
ADDRESSES = [
    "www.a.th",
    "https://a.th/ข",
    "http://a.th/x y",
    "mailto:a@b.th",
    "urn:x:y",
    "://",
    "https://a.th/%zz",
]
CODES = ["foo", "Tender", "tender ", "THB", "thb", "active", "open"]
EXTRA = ["colour", "title_th", "name_en", "x_foo", "description_zzzz", "finalStatus", "id_th", "status_en"]


def samples(folder: Path) -> list[dict[str, Any]]:
    """Small packages of the shared samples, without extensions (the peer would fetch those)."""
    found = [
        json.loads(path.read_text()) for path in sorted((folder / "fictional-example-1.1").rglob("*.json"))
    ]
    for path in sorted((folder / "real").glob("*.json.gz")):
        package = json.loads(gzip.decompress(path.read_bytes()))
        held = "records" if "records" in package else "releases"
        about = {name: value for name, value in package.items() if name != held}
        found += [
            {**about, held: package[held][at : at + 2]} for at in range(0, min(len(package[held]), 12), 2)
        ]
    for package in found:
        package.pop("extensions", None)
        package["version"] = "1.1"
    return found


def mutated(folder: Path, count: int, seed: int = 20261130) -> Iterator[dict[str, Any]]:
    """`count` packages, each a sample with one to four things changed in it."""
    chance = random.Random(seed)
    originals = samples(folder)
    for _ in range(count):
        package = copy.deepcopy(chance.choice(originals))
        for _ in range(chance.randint(1, 4)):
            _change(package, chance)
        package["version"] = "1.1"
        yield package


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """(holder, key) of every value inside."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _change(package: dict[str, Any], chance: random.Random) -> None:
    holder, key = chance.choice(list(_places(package)))
    value = holder[key]
    if isinstance(value, str) and chance.random() < 0.6:
        pool = DATES if "T" in value and ":" in value else ADDRESSES if "://" in value else CODES
        holder[key] = chance.choice(pool)
        return
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1 if isinstance(value, list) and value:
            value.append(copy.deepcopy(chance.choice(value)))
        case 2 if isinstance(value, dict):
            value[chance.choice(EXTRA)] = chance.choice(WRONG)
        case 3 if isinstance(value, list) and len(value) > 1 and all(isinstance(one, dict) for one in value):
            value[0]["id"] = value[1].get("id")
        case _:
            holder[key] = chance.choice(WRONG)
