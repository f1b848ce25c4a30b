"""JSON whose numbers stay what was written: no id or amount is rounded in silence.

A fast reader makes a floating-point number of whatever does not fit 64 bits or 17 digits; two ids of 20 digits
then become one item, and an amount loses its satang. Such numbers are rare and are read by a slower, exact way:
whole ones as Python integers, others as Decimal. They are written again as they were read.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, NoReturn

import orjson

# digits and the decimal point look alike, so that a long number is a long run
_RUNS: Final = bytes(ord("0") if chr(byte) in "0123456789." else ord(" ") for byte in range(256))
_LONG: Final = b"0" * 16
# a number of 16 digits and more, or with an exponent of three, that does not stand inside quotes
_SUSPECT: Final = re.compile(rb"[\[:,\s]-?(?:[0-9.]{16}|[0-9.]+[eE][+-]?[0-9]{3})[0-9.eE+-]*\s*[,\]}\s]")
_SURE: Final = re.compile(rb"^\s*-?(?:[0-9.]{16}|[0-9.]+[eE][+-]?[0-9]{3})")
_64_BITS: Final = (-(1 << 63), (1 << 64) - 1)
# the exponent of a Decimal; what lies beyond is no quantity of anything, and costs memory to write out
_LARGEST_EXPONENT: Final = 4096


def loads(raw: bytes) -> Any:
    """The value of a JSON text. Raises orjson.JSONDecodeError, also for numbers of more than 4,000 digits."""
    if may_round(raw):
        return _read_exactly(raw)
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        # 1e999 is JSON all the same
        if _SUSPECT.search(raw) is None and _SURE.match(raw) is None:
            raise
    return _read_exactly(raw)


def may_round(raw: bytes) -> bool:
    """Whether a text holds a number that the fast reader might round; cheap for text that does not.

    Not told: numbers nearer to zero than 10**-307, which are read as 0.
    """
    if _LONG not in raw.translate(_RUNS):
        return False
    return _SUSPECT.search(raw) is not None or _SURE.match(raw) is not None


def _read_exactly(raw: bytes) -> Any:
    # the fast reader decides what is JSON at all (lone surrogates, stray commas): the slow one is laxer
    try:
        orjson.loads(raw)
    except orjson.JSONDecodeError as fault:
        if "number" not in fault.msg:
            raise
    try:
        value = json.loads(raw, parse_float=_exact, parse_int=_whole, parse_constant=_refuse)
    except ValueError as fault:
        if isinstance(fault, orjson.JSONDecodeError):
            raise
        told = fault.msg if isinstance(fault, json.JSONDecodeError) else str(fault)
        at = fault.pos if isinstance(fault, json.JSONDecodeError) else 0
        raise orjson.JSONDecodeError(told, raw.decode(errors="replace"), at) from None
    return value


def _exact(text: str) -> float | Decimal:
    near, exact = float(text), Decimal(text)
    if near - near == 0 and Decimal(repr(near)) == exact:
        return near
    if abs(exact.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError("a number is too large or too small to be one")
    return exact


def _whole(text: str) -> int:
    if len(text) > _LARGEST_EXPONENT:
        raise ValueError("a number has more than 4,000 digits")
    return int(text)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def dumps(value: Any, *, ends_line: bool = False) -> bytes:
    """The JSON text of a value, exact numbers as they were read; `ends_line` adds a line break."""
    option = orjson.OPT_APPEND_NEWLINE if ends_line else 0
    try:
        return orjson.dumps(value, default=_as_written, option=option)
    except TypeError:
        return orjson.dumps(_with_wholes(value), default=_as_written, option=option)


def _as_written(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value))
    raise TypeError


def _with_wholes(value: Any) -> Any:
    """A copy in which whole numbers beyond 64 bits are ready-made text."""
    if isinstance(value, dict):
        return {name: _with_wholes(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_wholes(inner) for inner in value]
    if isinstance(value, int) and not _64_BITS[0] <= value <= _64_BITS[1]:
        return orjson.Fragment(str(value))
    return value


def as_float(value: Any) -> float | None:
    """The number as floating point where that holds it exactly as written; None for anything else."""
    if isinstance(value, float):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 1 << 1023:
        near = float(value)
        return near if int(near) == value else None
    return None


def find_inexact(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """(path, number) of each number inside a value that floating point does not hold as written."""
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from find_inexact(inner, (*path, name))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and as_float(value) is None:
        yield path, value
