"""Does each value have the type, the form and the codes that its field asks for, and is each field known?"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from sala.engines.ocds.checking import findings
from sala.engines.ocds.checking.findings import Issue, JsonPath
from sala.engines.ocds.checking.forms import is_web_address, read_date_time
from sala.engines.ocds.fields import Field, Shape
from sala.engines.ocds.strategies import WHOLE_LIST

_MEDIA_TYPE: Final = re.compile(
    r"(application|audio|chemical|example|font|haptics|image|message|model|multipart|text|video)/[\w.+\-]+"
    r"|offline/print",
    re.ASCII,
)
_WORDS: Final = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}


class StructureCheck:
    """Walks one value along its shape; what it finds is in `issues`, extensions met in `extensions`.

    `declares` says whether the package names an extension: a field of one that it does not is unknown there.
    Without it, as for a release outside any package, all extensions we know count as named.
    """

    def __init__(
        self, codelists: Mapping[str, frozenset[str]], declares: Callable[[str], bool] | None = None
    ) -> None:
        self._codelists, self._declares = codelists, declares
        self.issues: list[Issue] = []
        self.extensions: list[str] = []

    def check_object(self, value: Mapping[str, Any], shape: Shape, path: JsonPath = ()) -> None:
        """An object against its shape: what must be there, what is not known, and each field."""
        for name in shape.required:
            if name not in value:
                self._add(findings.VALIDATION, "required", path, None, f"{name} is missing but required here")
        if not value and not shape.may_be_empty:
            self._add(findings.VALIDATION, "minProperties", path, value, "the object must not be empty")
        for name, inner in value.items():
            known = shape.find_field(name)
            if known is None:
                reason = f"{shape.name} has no field of this name"
                self._add(findings.ADDITIONAL, "additional_field", (*path, name), inner, reason)
            elif known.extension and not self._is_declared(known.extension):
                reason = f"a field of the extension {known.extension}, which the package does not name"
                self._add(findings.ADDITIONAL, "additional_field", (*path, name), inner, reason)
            else:
                self._check_field(inner, known, (*path, name))

    def _is_declared(self, extension: str) -> bool:
        self.extensions.append(extension)
        return self._declares is None or self._declares(extension)

    def _add(self, group: str, kind: str, path: JsonPath, value: Any, reason: str) -> None:
        self.issues.append(Issue(group, kind, path, value, reason))

    def _check_field(self, value: Any, known: Field, path: JsonPath) -> None:
        if known.deprecated:
            draft = " (a draft)" if known.deprecated == "1.2" else ""
            reason = f"not to be used since OCDS {known.deprecated}{draft}"
            self._add(findings.DEPRECATED, f"since_{known.deprecated}", path, value, reason)
        if known.codelist:
            self._check_codes(value, known, path)
        if known.is_translation:
            self._check_translation(value, path)
        elif self._has_type(value, known.types, path):
            self._check_inside(value, known, path)

    def _check_translation(self, value: Any, path: JsonPath) -> None:
        """The schema describes translations by patterns, which libcoveocds passes over: so this is a remark."""
        if value is not None and not isinstance(value, str):
            reason = f"a translation is text, this is {_WORDS[type_name(value)]}"
            self._add(findings.CONSISTENCY, "translation", path, value, reason)

    def _check_inside(self, value: Any, known: Field, path: JsonPath) -> None:
        if isinstance(value, str):
            self._check_text(value, known, path)
        elif isinstance(value, list):
            self._check_list(value, known, path)
        elif isinstance(value, dict) and known.below is not None:
            self.check_object(value, known.below, path)
        elif known.not_negative and isinstance(value, int | float | Decimal) and value < 0:
            self._add(findings.VALIDATION, "minimum", path, value, "a number below 0 is not possible here")

    def _has_type(self, value: Any, types: tuple[str, ...], path: JsonPath) -> bool:
        actual = type_name(value)
        if not types or actual in types or (actual == "integer" and "number" in types):
            return True
        expected = next((name for name in types if name != "null"), "null")
        reason = f"{_WORDS[expected]} is expected here, this is {_WORDS[actual]}"
        if actual == "string" and expected in ("number", "integer"):
            reason = f"a number written as text: {_WORDS[expected]} is expected, without quotes"
        self._add(findings.VALIDATION, expected, path, value, reason)
        return False

    def _check_text(self, value: str, known: Field, path: JsonPath) -> None:
        if not value and known.not_empty:
            self._add(findings.VALIDATION, "minLength", path, value, "the text must not be empty")
        self._check_form(value, known.form, path)
        if known.pattern and not re.search(known.pattern, value):
            reason = f"does not have the form {known.pattern}"
            self._add(findings.VALIDATION, "pattern", path, value, reason)

    def _check_form(self, value: str, form: str, path: JsonPath) -> None:
        if form == "date-time" and read_date_time(value) is None:
            reason = "not a date and time such as 2024-01-31T09:00:00+07:00"
            self._add(findings.VALIDATION, "date-time", path, value, reason)
        elif form == "uri" and not is_web_address(value):
            self._add(findings.VALIDATION, "uri", path, value, "not a whole web address (with https://)")

    def _check_codes(self, value: Any, known: Field, path: JsonPath) -> None:
        codes = self._codelists.get(known.codelist)
        if codes is None and known.codelist != "mediaType":
            return
        group = findings.CLOSED_CODES if known.is_closed else findings.OPEN_CODES
        # a field without a value has no code; inside a list anything that stands there is taken for one
        for one in value if isinstance(value, list) else (value,) if value else ():
            if isinstance(one, dict) or _is_code(str(one), codes):
                continue
            kind = "closed" if known.is_closed else "open"
            self._add(group, known.codelist, path, one, f"not a code of the {kind} codelist {known.codelist}")

    def _check_list(self, value: list[Any], known: Field, path: JsonPath) -> None:
        if not value and known.not_empty:
            self._add(findings.VALIDATION, "minItems", path, value, "the list must not be empty")
        if len(value) > 1:
            self._check_unique(value, known, path)
        for number, item in enumerate(value):
            place = (*path, number)
            if not self._has_type(item, known.item_types, place):
                continue
            if isinstance(item, dict):
                self._check_item(item, known, place)
            elif isinstance(item, str):
                self._check_form(item, known.item_form, place)

    def _check_item(self, item: dict[str, Any], known: Field, place: JsonPath) -> None:
        if known.below is None:
            return
        if "id" not in item and _merges_by_id(known) and "id" not in known.below.required:
            reason = "without an id this object is added anew by each release"
            self._add(findings.STRUCTURE, "missing_ids", (*place, "id"), None, reason)
        self.check_object(item, known.below, place)

    def _check_unique(self, value: list[Any], known: Field, path: JsonPath) -> None:
        repeated = _repeated_id(value)
        if repeated is not None:
            reason = "two objects in this list have the same id"
            if known.is_unique:
                self._add(findings.VALIDATION, "uniqueItems", path, repeated, reason)
            elif _merges_by_id(known):
                self._add(findings.CONSISTENCY, "duplicate_id", path, repeated, reason)
        elif known.is_unique and any(item in value[:number] for number, item in enumerate(value)):
            self._add(findings.VALIDATION, "uniqueItems", path, None, "the same element stands twice")


def _merges_by_id(known: Field) -> bool:
    return known.below is not None and "id" in known.below.fields and known.strategy is not WHOLE_LIST


def _repeated_id(value: list[Any]) -> Any:
    """The first id that stands twice; None unless every element is an object with a plain id."""
    seen: set[tuple[type, Any]] = set()
    repeated = None
    for item in value:
        key = item.get("id") if isinstance(item, dict) else None
        if key is None or isinstance(key, dict | list):
            return None
        if (type(key), key) in seen and repeated is None:
            repeated = key
        seen.add((type(key), key))
    return repeated


def _is_code(code: str, codes: frozenset[str] | None) -> bool:
    return code in codes if codes is not None else _MEDIA_TYPE.fullmatch(code) is not None


def type_name(value: Any) -> str:
    """The JSON type of a value read from JSON."""
    if isinstance(value, bool):
        return "boolean"
    names = {str: "string", int: "integer", float: "number", Decimal: "number", dict: "object", list: "array"}
    return names.get(type(value), "null")


def find_empty(value: Any, path: JsonPath = ()) -> list[JsonPath]:
    """The paths at which text is blank, or an object or list is empty."""
    if isinstance(value, dict):
        inner = [place for name, one in value.items() for place in find_empty(one, (*path, name))]
    elif isinstance(value, list):
        inner = [place for number, one in enumerate(value) for place in find_empty(one, (*path, number))]
    else:
        return [path] if isinstance(value, str) and not value.strip() else []
    return inner if value else [path]
