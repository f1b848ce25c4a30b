"""Words that everyone may read, as a type of their own: a text becomes public by being covered, and in no other way.

What goes into a public column, a feed or an export takes a `PublicText`; mypy refuses a plain text there, and the
column itself refuses it once more (`platform.public_fields`), so that no new free text can be published by forgetting.
"""

import re
from typing import Any, NoReturn

from sala.core.characters import clean
from sala.engines.thai.masking import LABELS, mask

_LABEL = re.compile(r"\s*(?:" + "|".join(map(re.escape, LABELS.values())) + r")\s*")


class PublicText(str):
    """Words that everyone may read. Made only by the functions of this module, each of which says why it may be."""

    __slots__ = ()

    def __new__(cls, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a public text is made by cover() or its kin, never by hand")

    def __reduce__(self) -> tuple[Any, ...]:
        return (stored, (str(self),))

    def __deepcopy__(self, memo: Any) -> "PublicText":
        return self

    def __copy__(self) -> "PublicText":
        return self


def _made(text: str) -> PublicText:
    # Past the class's own refusal, which is there for everybody else.
    maker: Any = str.__new__
    made: PublicText = maker(PublicText, text)
    return made


NOTHING = _made("")


def cover(text: str) -> PublicText:
    """What everyone may read of what a stranger wrote: personal data covered, unfit characters gone.

    Rules and a recogniser find most of it and not all: moderators read on.
    """
    return _made(mask(clean(text)).text)


def checked(text: str) -> PublicText:
    """What a moderator wrote for everyone to read, with the original before them: unfit characters gone, no more."""
    return _made(clean(text))


def official(text: str) -> PublicText:
    """A name that the state itself publishes (of an office, an area, a law), brought in by an administrator.

    Offices are named after people and numbered like telephones; a program must not cover their names.
    """
    return _made(clean(text))


def stored(text: str) -> PublicText:
    """What was read from a public column: it was covered when it went in."""
    return _made(text)


def within(text: PublicText, length: int) -> PublicText:
    """The first `length` characters of a public text: a label may be longer than what it covers, a column is not."""
    return _made(text[:length])


# What only says that a number or an address follows, right before a covered one: nothing follows in a title.
_LEADS_TO_LABEL = re.compile(
    r"(?:(?:โทรศัพท์|โทร|เบอร์|ติดต่อ|อีเมล|ไลน์|(?<![a-z])(?:line|tel|phone|call|e-?mail))"
    r"(?: ?(?:ได้ที่|ที่|มา|หา|กลับ|me|at|to))?[.:]? ?){1,3}(?=" + _LABEL.pattern + ")",
    re.IGNORECASE,
)


def shortened(text: PublicText, length: int = 120) -> PublicText:
    """A title from the first words of a public text, without its covered parts: one line, cut at a space.

    A title of labels says nothing, and one that begins with three of them hides what it is about. "" if nothing is
    left.
    """
    spaced = " ".join(text.split())
    line = " ".join(_LABEL.sub(" ", _LEADS_TO_LABEL.sub(" ", spaced)).split()).strip(" ,;:-–—/")
    if len(line) <= length:
        return _made(line)
    cut = line[: length - 1]
    space = cut.rfind(" ")
    return _made((cut[:space] if space > length // 2 else cut).rstrip() + "…")
