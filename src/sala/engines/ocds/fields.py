"""What is known of each field: types, format, codelist, what lies below. From the model or a schema."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import UnionType
from typing import Annotated, Any, Final, Required, get_args, get_origin, is_typeddict

from sala.engines.ocds.errors import SchemaError
from sala.engines.ocds.model import marks
from sala.engines.ocds.strategies import (
    OMIT,
    WHOLE_LIST,
    RuleTree,
    Strategy,
    json_types,
    resolve,
    rule_tree,
)

_JSON_TYPES: Final[dict[Any, str]] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
    dict: "object",
    list: "array",
}
_SWITCHES: Final = {"not-empty": "not_empty", "unique": "is_unique", "not-negative": "not_negative"}
# OCDS 1.1, "Language variations": a text field's name, an underscore, a language tag
_LANGUAGE_VARIANT: Final = re.compile(r"(?P<name>.+)_[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(slots=True)
class Field:
    """One field. No `types` means any; `below` is the shape of its object, or of the objects in its list."""

    types: tuple[str, ...] = ()
    item_types: tuple[str, ...] = ()
    below: "Shape | None" = None
    form: str = ""
    item_form: str = ""
    pattern: str = ""
    codelist: str = ""
    is_closed: bool = False
    not_empty: bool = False
    is_unique: bool = False
    not_negative: bool = False
    strategy: Strategy | None = None
    deprecated: str = ""
    extension: str = ""
    is_translation: bool = False


@dataclass(slots=True)
class Shape:
    """An object: its fields, those it must have, and whether it may be empty."""

    name: str
    fields: dict[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    may_be_empty: bool = True
    # names that an official schema describes by a pattern (translations); None where our own rule holds
    patterns: "tuple[tuple[re.Pattern[str], Field], ...] | None" = None

    def find_field(self, name: str) -> Field | None:
        """The field of this name, or of which this is a language variant; None for an unknown one."""
        known = self.fields.get(name)
        if known is None and "_" in name:
            if self.patterns is not None:
                return next((one for pattern, one in self.patterns if pattern.search(name)), None)
            variant = _LANGUAGE_VARIANT.fullmatch(name)
            base = self.fields.get(variant["name"]) if variant else None
            if base is not None and "string" in base.types:
                return base
        return known


def shape_of(model: Any) -> Shape:
    """The shape of a typed model (a TypedDict), with everything below it."""
    return _ModelReader().shape(model)


class _ModelReader:
    def __init__(self) -> None:
        self._shapes: dict[Any, Shape] = {}

    def shape(self, model: Any) -> Shape:
        if model in self._shapes:
            return self._shapes[model]
        # a TypedDict lists what it requires as a set; the order of the fields is the one to report in
        required = tuple(name for name in model.__annotations__ if name in model.__required_keys__)
        may_be_empty = model.__name__ not in marks.NEVER_EMPTY
        shape = self._shapes[model] = Shape(model.__name__, required=required, may_be_empty=may_be_empty)
        for name, written in model.__annotations__.items():
            shape.fields[name] = self._field(written)
        return shape

    def _field(self, written: Any) -> Field:
        if get_origin(written) is Required:
            written = get_args(written)[0]
        statements: tuple[Any, ...] = ()
        if get_origin(written) is Annotated:
            written, *rest = get_args(written)
            statements = tuple(rest)
        found = Field()
        for part in get_args(written) if get_origin(written) is UnionType else (written,):
            self._add_type(found, part)
        for statement in statements:
            _apply(found, statement)
        return found

    def _add_type(self, found: Field, part: Any) -> None:
        origin = get_origin(part) or part
        if is_typeddict(origin):
            found.types += ("object",)
            found.below = self.shape(origin)
        elif origin in _JSON_TYPES:
            found.types += (_JSON_TYPES[origin],)
            if origin is list:
                self._add_items(found, get_args(part))

    def _add_items(self, found: Field, items: tuple[Any, ...]) -> None:
        for item in items:
            if is_typeddict(item):
                found.below, found.item_types = self.shape(item), ("object",)
            elif (get_origin(item) or item) in _JSON_TYPES:
                found.item_types += (_JSON_TYPES[get_origin(item) or item],)


def _apply(found: Field, statement: Any) -> None:
    match statement:
        case Strategy():
            found.strategy = statement
        case marks.Code(codelist=codelist, is_closed=is_closed):
            found.codelist, found.is_closed = codelist, is_closed
        case marks.Pattern(expression=expression):
            found.pattern = expression
        case marks.Deprecated(since=since):
            found.deprecated = since
        case marks.From(extension=extension):
            found.extension = extension
        case marks.NOT_EMPTY | marks.UNIQUE | marks.NOT_NEGATIVE:
            setattr(found, _SWITCHES[statement.name], True)
        case _:
            found.form = statement.name


def shape_from_schema(
    name: str,
    schema: Mapping[str, Any],
    others: Mapping[str, Shape],
    *,
    place: Mapping[str, Any] | None = None,
) -> Shape:
    """The shape that an official JSON schema, or a `place` in it, describes.

    `others`: the end of a file name that `$ref` may lead to -> its shape (`release-schema.json`).
    """
    return _SchemaReader(schema, others).shape(name, schema if place is None else resolve(schema, place))


def add_extensions(shape: Shape, known: Shape) -> None:
    """Put the fields that `known` marks as an extension's into the places of `shape` that have none of the name."""
    seen: set[tuple[int, int]] = set()

    def add(into: Shape, source: Shape) -> None:
        if (id(into), id(source)) in seen:
            return
        seen.add((id(into), id(source)))
        for name, ours in source.fields.items():
            theirs = into.fields.get(name)
            if theirs is None:
                if ours.extension:
                    into.fields[name] = ours
            elif theirs.below is not None and ours.below is not None and theirs.below is not ours.below:
                add(theirs.below, ours.below)

    add(shape, known)


class _SchemaReader:
    def __init__(self, schema: Mapping[str, Any], others: Mapping[str, Shape]) -> None:
        self._schema, self._others = schema, others
        self._shapes: dict[int, Shape] = {}

    def shape(self, name: str, place: Mapping[str, Any]) -> Shape:
        if id(place) in self._shapes:
            return self._shapes[id(place)]
        if not isinstance(place.get("properties", {}), Mapping):
            raise SchemaError(f"the schema's {name} has no list of properties")
        shape = self._shapes[id(place)] = Shape(
            name, required=tuple(place.get("required", ())), may_be_empty=not place.get("minProperties")
        )
        for field_name, written in place.get("properties", {}).items():
            shape.fields[field_name] = self._field(field_name, written)
        shape.patterns = tuple(
            (re.compile(pattern), replace(self._field(pattern, written), is_translation=True))
            for pattern, written in place.get("patternProperties", {}).items()
        )
        return shape

    def _field(self, name: str, written: Mapping[str, Any]) -> Field:
        other = self._other(written)
        if other is not None:
            return Field(types=("object",), below=other)
        place = resolve(self._schema, written) if self._is_inside(written) else {}
        found = Field(
            types=json_types(place),
            form=place.get("format", ""),
            pattern=place.get("pattern", ""),
            codelist=str(place.get("codelist", "")).removesuffix(".csv"),
            is_closed="codelist" in place and not place.get("openCodelist", False),
            not_empty=bool(place.get("minLength") or place.get("minItems")),
            is_unique=bool(place.get("uniqueItems")),
            not_negative=place.get("minimum") == 0,
            strategy=OMIT
            if place.get("omitWhenMerged")
            else WHOLE_LIST
            if place.get("wholeListMerge")
            else None,
            deprecated=_since(written) or _since(place),
        )
        if "properties" in place:
            found.below = self.shape(name, place)
        elif "object" in found.types:
            # an object of which the schema says nothing more: each field in it is the publisher's own
            found.below = Shape(name)
        elif "array" in found.types:
            self._add_items(name, found, place)
        return found

    def _add_items(self, name: str, found: Field, place: Mapping[str, Any]) -> None:
        items = place.get("items")
        if not isinstance(items, Mapping):
            return
        other = self._other(items)
        if other is not None:
            found.below, found.item_types = other, ("object",)
            return
        items = resolve(self._schema, items)
        found.item_types = json_types(items)
        found.item_form = items.get("format", "")
        if "properties" in items:
            found.below = self.shape(name, items)

    def _other(self, written: Mapping[str, Any]) -> Shape | None:
        reference = str(written.get("$ref", ""))
        return next((shape for end, shape in self._others.items() if reference.endswith(end)), None)

    @staticmethod
    def _is_inside(written: Mapping[str, Any]) -> bool:
        return str(written.get("$ref", "#")).startswith("#")


def _since(place: Mapping[str, Any]) -> str:
    told = place.get("deprecated")
    return str(told.get("deprecatedVersion", "?")) if isinstance(told, Mapping) else ""


def rules_of(shape: Shape) -> RuleTree:
    """The merge rules that a shape implies (OCDS 1.1, "Merging": whole lists, fields left out)."""
    return rule_tree(_rules(shape, (), ()))


def _rules(
    shape: Shape, above: tuple[str, ...], trail: tuple[int, ...]
) -> Iterator[tuple[tuple[str, ...], Strategy]]:
    for name, known in shape.fields.items():
        path = (*above, name)
        strategy = _implied(known)
        if strategy is not None:
            yield path, strategy
        elif known.below is not None and id(known.below) not in trail:
            yield from _rules(known.below, path, (*trail, id(known.below)))


def _implied(known: Field) -> Strategy | None:
    if known.strategy is not None or "array" not in known.types:
        return known.strategy
    if any(name != "object" for name in known.item_types):
        return WHOLE_LIST
    is_nameless = known.below is not None and "id" not in known.below.fields
    return WHOLE_LIST if is_nameless else None
