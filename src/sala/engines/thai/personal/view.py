"""A text as a reader takes it, sign by sign: digits of every script, dashes and widths alike, nothing invisible."""

import unicodedata
from dataclasses import dataclass

from sala.engines.thai.normalise import INVISIBLE

# The variation selector and the frame around 0️⃣ … 9️⃣ show nothing that a number needs.
_LOOKED_THROUGH = INVISIBLE.keys() | {0xFE0F, 0x20E3}


class _Folding(dict[int, str]):
    """One sign for each, worked out when first met; always one for one, so that places stay."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(sign: str) -> str:
    if sign < "\x80" or "ก" <= sign <= "๎":
        return sign
    digit = unicodedata.digit(sign, None)  # ๐, ０, ०, 𝟎, ① and ² alike
    if digit is not None:
        return str(digit)
    category = unicodedata.category(sign)
    if category == "Pd" or sign == "\u2212":
        return "-"
    if category == "Zs":
        return " "
    if category == "Cs":
        return "\ufffd"
    other = unicodedata.normalize("NFKC", sign)  # ａ, ＠, 𝐚: letters and signs of other widths and faces
    return other if len(other) == 1 and other.isascii() else sign


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class View:
    """The text that is looked at, and where each of its signs stands in the original."""

    text: str
    places: tuple[int, ...] | range

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, begins and ends in the original."""
        return self.places[start], self.places[end - 1] + 1


def view_of(text: str) -> View:
    """The view of `text`."""
    places = [place for place, sign in enumerate(text) if ord(sign) not in _LOOKED_THROUGH]
    if len(places) == len(text):
        return View(text.translate(_FOLDING), range(len(text)))
    return View("".join(text[place] for place in places).translate(_FOLDING), tuple(places))
