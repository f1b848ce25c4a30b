"""How each field is merged: left out, replaced as a whole list, or (the rest) merged by id and by name.

Source: OCDS 1.1, "Merging" (https://standard.open-contracting.org/1.1/en/schema/merging/).
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final

from sala.engines.ocds.errors import SchemaError


class Strategy(Enum):
    """The two ways to merge that a schema must name; every other field follows from its value's shape."""

    OMIT = "omit"
    WHOLE_LIST = "whole-list"


class RuleTree(dict[str, "Strategy | RuleTree"]):
    """Field name -> what to do there, or the rules one level down; a field not named has no rule of its own.

    `omitted` names the fields of this very level that are left out.
    """

    __slots__ = ("omitted",)
    omitted: tuple[str, ...]

    def __init__(self) -> None:
        super().__init__()
        self.omitted = ()


OMIT: Final = Strategy.OMIT
WHOLE_LIST: Final = Strategy.WHOLE_LIST
NO_RULES: Final = RuleTree()


def rule_tree(paths: Iterable[tuple[tuple[str, ...], Strategy]]) -> RuleTree:
    """Build the tree from (path of field names, strategy). A rule on a field ends all rules beneath it."""
    root = RuleTree()
    for path, strategy in paths:
        level: Strategy | RuleTree = root
        for name in path[:-1]:
            if isinstance(level, Strategy):
                break
            level = level.setdefault(name, RuleTree())
        if not isinstance(level, Strategy):
            level[path[-1]] = strategy
            level.omitted = tuple(field for field, rule in level.items() if rule is OMIT)
    return root


def list_rules(tree: RuleTree, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Strategy]]:
    """The tree as (path, strategy), in the tree's own order."""
    for name, rule in tree.items():
        if isinstance(rule, Strategy):
            yield (*above, name), rule
        else:
            yield from list_rules(rule, (*above, name))


def rules_from_schema(schema: Mapping[str, Any]) -> RuleTree:
    """Merge rules of an official release schema (JSON Schema draft 4, `$ref` within the file only).

    Reads `omitWhenMerged`, `wholeListMerge`, OCDS 1.0's `mergeStrategy`, and the rule that a list of
    objects without an `id` field, or of anything but objects, is replaced whole.
    Raises SchemaError where a reference leads nowhere.
    """
    return rule_tree(_walk(schema, schema, (), ()))


def _walk(
    schema: Mapping[str, Any], place: Mapping[str, Any], above: tuple[str, ...], trail: tuple[int, ...]
) -> Iterator[tuple[tuple[str, ...], Strategy]]:
    for name, written in place.get("properties", {}).items():
        field = resolve(schema, written)
        path = (*above, name)
        strategy = _strategy(schema, field)
        if strategy is not None:
            yield path, strategy
            continue
        below = _below(schema, field)
        if below is not None and id(below) not in trail:
            yield from _walk(schema, below, path, (*trail, id(below)))


def _below(schema: Mapping[str, Any], field: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The object that the field holds, or holds a list of; None where it holds none."""
    types = json_types(field)
    if "object" in types and "properties" in field:
        return field
    if "array" in types and isinstance(field.get("items"), Mapping):
        return resolve(schema, field["items"])
    return None


def _strategy(schema: Mapping[str, Any], field: Mapping[str, Any]) -> Strategy | None:
    if field.get("omitWhenMerged") or field.get("mergeStrategy") == "ocdsOmit":
        return OMIT
    types = json_types(field)
    if "array" not in types:
        return None
    if field.get("wholeListMerge") or field.get("mergeStrategy") == "ocdsVersion":
        return WHOLE_LIST
    if "object" in types and "properties" in field:
        return None
    return WHOLE_LIST if _is_list_without_ids(schema, field) else None


def _is_list_without_ids(schema: Mapping[str, Any], field: Mapping[str, Any]) -> bool:
    items = resolve(schema, field["items"]) if isinstance(field.get("items"), Mapping) else {}
    types = json_types(items)
    if any(name != "object" for name in types):
        return True
    return "object" in types and "properties" in items and "id" not in items["properties"]


def resolve(schema: Mapping[str, Any], place: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow `$ref: "#/…"` to the end; what stands beside a `$ref` is ignored, as draft 4 says."""
    for _ in range(20):
        if "$ref" not in place:
            return place
        found: Any = schema
        for part in str(place["$ref"]).removeprefix("#").strip("/").split("/"):
            if not isinstance(found, Mapping) or part not in found:
                raise SchemaError(f"the schema refers to {place['$ref']}, which it does not hold")
            found = found[part]
        place = found
    raise SchemaError("the schema's references go round in a circle")


def json_types(field: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types a field may have, as a tuple."""
    types = field.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)
