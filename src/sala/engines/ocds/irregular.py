"""Merging by the definition, for releases whose fields change shape or whose ids mix types.

Every value is laid flat under its path, later releases replace earlier ones, and the flat picture is
folded up again in the order in which paths first appeared. Slower than `merge`, never wrong on odd data.
Source: OCDS 1.1, "Merging", steps 1-5; behaviour on odd data as in ocdsmerge 0.8.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sala.engines.ocds.errors import MergeError
from sala.engines.ocds.strategies import NO_RULES, OMIT, WHOLE_LIST, RuleTree

JsonObject = dict[str, Any]


class _Place(str):
    """A place in a list, named by the id of the object there. Equal as text, told apart by `identity`."""

    __slots__ = ("identity", "written")
    identity: Any
    written: Any

    @classmethod
    def of(cls, item: JsonObject, serial: Iterator[int]) -> "_Place":
        written = item.get("id")
        if isinstance(written, dict | list):
            raise MergeError(f"an id is {'an object' if isinstance(written, dict) else 'a list'}")
        # no text that JSON can carry as an id begins like this
        identity = written if "id" in item else f"\udc00{next(serial)}"
        place = cls(identity)
        place.identity, place.written = identity, written
        return place


Path = tuple[str, ...]
Flat = dict[Path, Any]


def compile_release(releases: Sequence[JsonObject], rules: RuleTree) -> JsonObject:
    """As `merge.compile_release`, for releases already in order."""
    serial = _count()
    values: Flat = {("tag",): ["compiled"]}
    for release in releases:
        ocid, date = release.get("ocid"), release.get("date")
        values[("id",)], values[("date",)], values[("ocid",)] = f"{ocid}-{date}", date, ocid
        values.update(_flatten(release, rules, serial))
    return _fold(values)


def version_release(releases: Sequence[JsonObject], rules: RuleTree) -> JsonObject:
    """As `merge.version_release`, for releases already in order."""
    serial = _count()
    versions: Flat = {}
    for release in releases:
        stamp = {
            "releaseID": release.get("id"),
            "releaseDate": release.get("date"),
            "releaseTag": release.get("tag"),
        }
        versions[("ocid",)] = release.get("ocid")
        for path, value in _flatten(release, rules, serial).items():
            if path == ("ocid",):
                continue
            history = versions.setdefault(path, [])
            if not history or history[-1]["value"] != value:
                history.append({**stamp, "value": value})
    return _fold(versions)


def _count() -> Iterator[int]:
    serial = 0
    while True:
        yield (serial := serial + 1)


def _flatten(release: JsonObject, rules: RuleTree, serial: Iterator[int]) -> Flat:
    values: Flat = {}
    _lay_flat({name: value for name, value in release.items() if name != "tag"}, rules, (), values, serial)
    return values


def _lay_flat(source: JsonObject, rules: RuleTree, above: Path, values: Flat, serial: Iterator[int]) -> None:
    for name, value in source.items():
        rule = rules.get(name)
        if rule is OMIT:
            continue
        path = (*above, name)
        below = rule if isinstance(rule, dict) else NO_RULES
        if rule is WHOLE_LIST or _is_plain(value):
            values[path] = value
        elif isinstance(value, dict):
            _lay_flat(value, below, path, values, serial)
        else:
            for item in value:
                _lay_flat(item, below, (*path, _Place.of(item, serial)), values, serial)


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return any(not isinstance(item, dict) for item in value)
    return not isinstance(value, dict)


def _fold(values: Flat) -> JsonObject:
    root: JsonObject = {}
    objects: dict[tuple[Any, ...], JsonObject] = {}
    for path, value in values.items():
        _put(root, path, value, objects)
    return root


def _put(root: JsonObject, path: Path, value: Any, objects: dict[tuple[Any, ...], JsonObject]) -> None:
    node: Any = root
    last = len(path) - 1
    for depth, part in enumerate(path):
        if isinstance(part, _Place):
            node = _enter(node, path[:depth], part, objects)
        elif not isinstance(node, dict):
            raise MergeError(f"/{'/'.join(path[:depth])} is an object in one release and not in another")
        elif part in node:
            node = node[part]
        elif depth < last:
            node[part] = [] if isinstance(path[depth + 1], _Place) else {}
            node = node[part]
        elif value is not None:
            # copied, because objects may be added to it and the release is not ours
            node[part] = list(value) if isinstance(value, list) else value


def _enter(node: Any, above: Path, place: _Place, objects: dict[tuple[Any, ...], JsonObject]) -> JsonObject:
    key = (*above, place.identity)
    if key not in objects:
        if not isinstance(node, list):
            raise MergeError(f"/{'/'.join(above)} is a list in one release and not in another")
        objects[key] = {} if place.written is None else {"id": place.written}
        node.append(objects[key])
    return objects[key]
