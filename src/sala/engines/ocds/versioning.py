"""The fast way to a versioned release: append each value to the history of its field."""

from collections.abc import Sequence
from typing import Any

from sala.engines.ocds.shapes import (
    NO_ID,
    Indexes,
    IrregularError,
    JsonObject,
    expect_number,
    expect_text,
    is_list_of_objects,
)
from sala.engines.ocds.strategies import NO_RULES, OMIT, WHOLE_LIST, RuleTree


def version_ordered(releases: Sequence[JsonObject], rules: RuleTree) -> JsonObject:
    """Version releases in their final order; IrregularError for data that only `irregular` can merge."""
    indexes: Indexes = {}
    merged: JsonObject = {}
    for release in releases:
        writer = _Writer(release, indexes)
        merged["ocid"] = release.get("ocid")
        fields = {name: value for name, value in release.items() if name not in ("ocid", "tag")}
        writer.merge(merged, fields, rules)
    if merged.get("ocid", "") is None:
        del merged["ocid"]
    return merged


class _Writer:
    """Writes the values of one release into the histories."""

    __slots__ = ("date", "indexes", "release_id", "tag")

    def __init__(self, release: JsonObject, indexes: Indexes) -> None:
        self.release_id, self.date = release.get("id"), release.get("date")
        self.tag, self.indexes = release.get("tag"), indexes

    def merge(self, target: JsonObject, source: JsonObject, rules: RuleTree) -> None:
        find_old, indexes, omitted = target.get, self.indexes, rules.omitted
        release_id, date, tag = self.release_id, self.date, self.tag
        for name, value in source.items():
            kind = type(value)
            if (kind is dict or kind is list) and rules.get(name) is not WHOLE_LIST:
                if value and name not in omitted:
                    self._merge_nested(target, name, value, rules)
                continue
            versions = find_old(name)
            if versions is None:
                if name in omitted:
                    continue
                target[name] = versions = []
            # the id of an object in a list names it and has no history
            elif type(versions) is not list or id(versions) in indexes or versions[-1]["value"] == value:
                continue
            versions.append({"releaseID": release_id, "releaseDate": date, "releaseTag": tag, "value": value})

    def _merge_nested(self, target: JsonObject, name: str, value: Any, rules: RuleTree) -> None:
        below = rules.get(name)
        if type(below) is not RuleTree:
            below = NO_RULES
        if type(value) is dict:
            self._merge_object(target, name, value, below)
        elif is_list_of_objects(value):
            self._merge_array(target, name, value, below)
        else:
            self._add(target, name, value)

    def _add(self, target: JsonObject, name: str, value: list[Any]) -> None:
        """A list of plain values is one value."""
        versions = target.setdefault(name, [])
        if type(versions) is not list or id(versions) in self.indexes:
            return
        if not versions or versions[-1]["value"] != value:
            versions.append(
                {
                    "releaseID": self.release_id,
                    "releaseDate": self.date,
                    "releaseTag": self.tag,
                    "value": value,
                }
            )

    def _merge_object(self, target: JsonObject, name: str, value: JsonObject, rules: RuleTree) -> None:
        old = target.get(name)
        if old is None:
            node: JsonObject = {}
            self.merge(node, value, rules)
            if node:
                target[name] = node
        elif type(old) is dict:
            self.merge(old, value, rules)
        else:
            raise IrregularError

    def _merge_array(self, target: JsonObject, name: str, value: list[JsonObject], rules: RuleTree) -> None:
        old = target.get(name)
        if old is not None:
            if id(old) not in self.indexes:
                raise IrregularError
            self._merge_list(old, value, rules)
            return
        listed: list[JsonObject] = []
        self.indexes[id(listed)] = {}
        self._merge_list(listed, value, rules)
        if listed:
            target[name] = listed
        else:  # the next list made may get the same identity
            del self.indexes[id(listed)]

    def _merge_list(self, target: list[JsonObject], source: list[JsonObject], rules: RuleTree) -> None:
        by_id = self.indexes[id(target)]
        if rules.get("id") is OMIT or _has_repeated_id(source):
            raise IrregularError
        for item in source:
            key = item.get("id", NO_ID)
            if type(key) is not str and key is not NO_ID:
                expect_number(key, by_id)
            node = by_id.get(key)
            if node is not None:
                self.merge(node, item, rules)
                continue
            node = {} if key is NO_ID else {"id": key}
            self.merge(node, item, rules)
            if node:
                _append(target, by_id, key, node)


def _append(target: list[JsonObject], by_id: dict[Any, JsonObject], key: Any, node: JsonObject) -> None:
    if type(key) is str:
        expect_text(by_id)
    target.append(node)
    if key is not NO_ID:
        by_id[key] = node


def _has_repeated_id(source: list[JsonObject]) -> bool:
    """Of an id that stands twice in one release only the last value counts, not both as versions."""
    if len(source) < 2:
        return False
    ids = [item["id"] for item in source if "id" in item]
    try:
        return len(set(ids)) < len(ids)
    except TypeError:  # an id that is a list or an object
        return True
