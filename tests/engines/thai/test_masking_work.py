"""Masking costs as much more as a text is longer, whatever stands in it: nobody can choose a text that stalls a form.

Time is not measured. Two things are: how many calls are made, Python's and the extension's, and how many letters the
patterns can look at from one place, which is bounded because no pattern of masking repeats without end.
"""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from re import _parser as sre  # the only door to what a pattern is made of
from types import ModuleType
from typing import Any

import pytest

from sala.engines import thai
from sala.engines.thai import masking, normalise, personal, tokens

pytestmark = pytest.mark.req("TRU-2")

SHAPES = {
    "นาย": "นาย",
    "นาย and spaces": "นาย ",
    "kin words": "น้องพี่ป้าลุง",
    "kin words and spaces": "ป้าลุง แม่ พ่อหลวง ",
    "a name": "นายสมชาย ใจดี ",
    "a name without spaces": "สมชาย",
    "names of no list": "ก๊ะยะห์",
    "cues": "ชื่อโดยจากผู้ร้อง ",
    "many readings": "กรรม",
    "digits": "0812345678",
    "digits with gaps": "0 8 1-2 ",
    "digits with commas": "081,",
    "zeros": "0",
    "plus signs": "+66 ",
    "letters for digits": "O0l",
    "number words": "ศูนย์แปดหนึ่ง ",
    "at signs": "@",
    "addresses": "a@",
    "address without end": "a.b@c.",
    "brackets": "[at] (dot) ",
    "spaces": " ",
    "line ends": "\n",
    "zero widths": "\u200b",
    "plates": "กข 1",
    "houses": "บ้านเลขที่ 1/",
    "links": "facebook.com/",
    "networks and spaces": "fb          ",
    "capitals": "Mr Aa ",
    "one long word": "Aaaaaaaaaa",
    "mixed": "นาย0@ ป้า1/2 ไลน์ x_ ทะเบียน กข ",
}


def calls(text: str) -> int:
    """How many functions were called while `text` was masked."""
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        thai.mask(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", SHAPES.values(), ids=SHAPES.keys())
def test_a_text_four_times_as_long_takes_four_times_the_calls(unit: str) -> None:
    short, long = unit * (1_200 // len(unit)), unit * (4_800 // len(unit))
    calls(short)  # lists are read and patterns made the first time
    assert calls(long) <= 4.4 * calls(short) + 400


def _modules() -> Iterator[ModuleType]:
    yield from (masking, normalise, tokens)
    for found in pkgutil.iter_modules(personal.__path__):
        yield importlib.import_module(f"{personal.__name__}.{found.name}")


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{module.__name__}.{name}", value
    yield "family_form", personal.name_lists.family_form()


def _endless(parsed: Any) -> Iterator[str]:
    """What in a parsed pattern repeats without end."""
    for operation, argument in parsed:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[1] == sre.MAXREPEAT:
            yield str(argument[2])
        for part in argument if isinstance(argument, tuple | list) else [argument]:
            if isinstance(part, sre.SubPattern):
                yield from _endless(part)
            elif isinstance(part, list):
                for branch in part:
                    if isinstance(branch, sre.SubPattern):
                        yield from _endless(branch)


# One sign of one class, found by finditer from left to right: each letter is looked at once.
ONE_PASS = {"phones._GROUP", "normalise._SPACE", "normalise._RUN", "tokens._WORD"}


def test_no_pattern_of_masking_repeats_without_end() -> None:
    found = {
        name.removeprefix("sala.engines.thai.").removeprefix("personal."): parts
        for name, pattern in _patterns()
        if (parts := list(_endless(sre.parse(pattern.pattern, pattern.flags))))
    }
    assert set(found) <= ONE_PASS, found


def test_letters_are_copied_no_more_often_than_a_text_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules see a text that counts what is cut out of it."""
    copied = 0

    class Counted(str):
        def __getitem__(self, key: Any) -> str:
            nonlocal copied
            part = str.__getitem__(self, key)
            copied += len(part)
            return part

    def total(unit: str, size: int) -> int:
        nonlocal copied
        copied = 0
        text = Counted(unit * (size // len(unit)))
        for _, rule in masking._RULES:
            list(rule(text))
        return copied

    for unit in SHAPES.values():
        total(unit, 600)
        assert total(unit, 4_800) <= 4.4 * total(unit, 1_200) + 2_000, unit
