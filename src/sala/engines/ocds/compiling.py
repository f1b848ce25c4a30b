"""The fast way to a compiled release: write each value straight into the result."""

from collections.abc import Sequence
from typing import Any

from sala.engines.ocds.shapes import (
    NO_ID,
    SCALARS,
    Indexes,
    IrregularError,
    JsonObject,
    expect_number,
    expect_text,
    is_list_of_objects,
)
from sala.engines.ocds.strategies import NO_RULES, OMIT, WHOLE_LIST, RuleTree, Strategy


def compile_ordered(releases: Sequence[JsonObject], rules: RuleTree) -> JsonObject:
    """Compile releases in their final order; IrregularError for data that only `irregular` can merge."""
    indexes: Indexes = {}
    merged: JsonObject = {"tag": ["compiled"]}
    omitted = ("tag", *rules.omitted)
    for release in releases:
        ocid, date = release.get("ocid"), release.get("date")
        merged["id"] = f"{ocid}-{date}"
        merged["date"] = date
        merged["ocid"] = ocid
        fields = release.copy()
        for name in omitted:
            fields.pop(name, None)
        _merge(merged, fields, rules, indexes)
    for name in ("date", "ocid"):
        if merged.get(name, "") is None:
            del merged[name]
    return merged


def _merge(target: JsonObject, source: JsonObject, rules: RuleTree, indexes: Indexes) -> None:
    find_old, omitted = target.get, rules.omitted
    for name, value in source.items():
        old = find_old(name)
        if type(value) in SCALARS:
            if type(old) in SCALARS or (old is None and name not in omitted):
                target[name] = value
                continue
        elif type(old) is dict and type(value) is dict:
            rule = rules.get(name)
            if rule is not WHOLE_LIST:
                _merge(old, value, rule or NO_RULES, indexes)  # type: ignore[arg-type]  # no OMIT where old
                continue
        _merge_other(target, name, value, rules.get(name), indexes)


def _merge_other(
    target: JsonObject, name: str, value: Any, rule: Strategy | RuleTree | None, indexes: Indexes
) -> None:
    if rule is None or type(rule) is RuleTree:
        _merge_field(target, name, value, rule or NO_RULES, indexes)
    elif rule is WHOLE_LIST:
        _set_whole(target, name, value)


def _merge_field(target: JsonObject, name: str, value: Any, rules: RuleTree, indexes: Indexes) -> None:
    kind = type(value)
    if kind is not dict and kind is not list:
        _set_value(target, name, value, indexes)
    elif value:
        if kind is dict:
            _merge_object(target, name, value, rules, indexes)
        else:
            _merge_array(target, name, value, rules, indexes)


def _set_whole(target: JsonObject, name: str, value: Any) -> None:
    if value is None:
        target.pop(name, None)
    else:
        target[name] = value


def _set_value(target: JsonObject, name: str, value: Any, indexes: Indexes) -> None:
    old = target.get(name)
    if type(old) is dict or id(old) in indexes:
        # null does not remove objects; a value over an object depends on the whole history
        if value is not None:
            raise IrregularError
    else:
        _set_whole(target, name, value)


def _merge_object(
    target: JsonObject, name: str, value: JsonObject, rules: RuleTree, indexes: Indexes
) -> None:
    old = target.get(name)
    if old is None:
        built = _build(value, rules, indexes)
        if built is not None:
            target[name] = built
    elif type(old) is dict:
        _merge(old, value, rules, indexes)
    else:
        raise IrregularError


def _merge_array(target: JsonObject, name: str, value: list[Any], rules: RuleTree, indexes: Indexes) -> None:
    if not is_list_of_objects(value):
        _set_value(target, name, value, indexes)
        return
    old = target.get(name)
    if old is None:
        listed = _build_list(value, rules, indexes)
        if listed:
            target[name] = listed
    elif id(old) in indexes:
        _merge_list(old, value, rules, indexes)
    else:
        raise IrregularError


def _build(source: JsonObject, rules: RuleTree, indexes: Indexes) -> JsonObject | None:
    """A new object from one not seen before; None where it holds only empty objects and lists."""
    node = source.copy()
    for name in rules.omitted:
        node.pop(name, None)
    for name, value in source.items():
        kind = type(value)
        if kind is str or kind is float or kind is int or name not in node:
            continue
        if kind is dict or kind is list:
            rule = rules.get(name)
            if rule is not WHOLE_LIST:
                value = _build_nested(value, rule or NO_RULES, indexes)  # type: ignore[arg-type]  # no OMIT here
                if value is None:
                    del node[name]
                else:
                    node[name] = value
        elif value is None:
            del node[name]
    return node or _empty_or_none(source, rules)


def _empty_or_none(source: JsonObject, rules: RuleTree) -> JsonObject | None:
    """An object that holds a null and nothing else stands empty in the result."""
    nulls = [name for name, value in source.items() if value is None and name not in rules.omitted]
    return {} if nulls else None


def _build_nested(value: Any, rules: RuleTree, indexes: Indexes) -> Any:
    if not value:
        return None
    if type(value) is dict:
        return _build(value, rules, indexes)
    if is_list_of_objects(value):
        return _build_list(value, rules, indexes) or None
    return value


def _build_list(source: list[JsonObject], rules: RuleTree, indexes: Indexes) -> list[JsonObject]:
    merged: list[JsonObject] = []
    indexes[id(merged)] = {}
    _merge_list(merged, source, rules, indexes)
    if not merged:  # the next list made may get the same identity
        del indexes[id(merged)]
    return merged


def _merge_list(
    target: list[JsonObject], source: list[JsonObject], rules: RuleTree, indexes: Indexes
) -> None:
    by_id = indexes[id(target)]
    if rules.get("id") is OMIT:
        raise IrregularError
    for item in source:
        key = item.get("id", NO_ID)
        if type(key) is not str and key is not NO_ID:
            expect_number(key, by_id)
        old = by_id.get(key)
        if old is not None:
            _merge(old, item, rules, indexes)
            continue
        built = _build(item, rules, indexes)
        if built is not None:
            _append(target, by_id, key, built)


def _append(target: list[JsonObject], by_id: dict[Any, JsonObject], key: Any, built: JsonObject) -> None:
    if type(key) is str:
        expect_text(by_id)
    target.append(built)
    if key is not NO_ID:
        by_id[key] = built
