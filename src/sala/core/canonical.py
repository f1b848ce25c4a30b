"""Canonical JSON (RFC 8785): equal values always give equal bytes, which can be hashed and signed."""

import json
from typing import Any

# RFC 7493 (I-JSON): beyond this a reader that uses doubles would see another number.
LARGEST = 2**53 - 1


def canonical_json(value: Any) -> bytes:
    """The RFC 8785 bytes of `value`: text, whole numbers, booleans, None, lists, mappings with text keys.

    Floats are refused on purpose (nothing we publish needs one, and their text form is a trap).
    Raises ValueError for a float, a number beyond 2^53 - 1, another type, or text with half a surrogate pair.
    """
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is too large for canonical JSON")
        return int(value)
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    raise ValueError(f"canonical JSON has no {type(value).__name__}")


def _utf16(key: Any) -> bytes:
    """RFC 8785 orders names by UTF-16 code units; big-endian bytes compare in that order."""
    if not isinstance(key, str):
        raise ValueError(f"canonical JSON has no key of type {type(key).__name__}")
    return key.encode("utf-16-be")
