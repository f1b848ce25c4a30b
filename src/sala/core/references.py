"""Human references such as C69-0001234-7: kind, Buddhist year, number, and a digit that catches slips."""

import re
import unicodedata
from dataclasses import dataclass

from sala.core.digits import arabic_digits

# A kind of matter has one letter (complaints, the first) or two (all that came later). Each letter stands for a
# digit that goes into the check like any other, so a wrong letter and two swapped ones are noticed. The check can
# tell ten letters apart: these are all there can be, a hundred and ten kinds of them. None looks like another, or
# like a digit.
LETTERS: dict[str, int] = {letter: digit for digit, letter in enumerate("ABCLNPRTVH")}
LONGEST_KIND = 2
# Kinds of one letter. No pair begins with one of these: else a figure of the year read as a letter (or a letter as a
# figure) would make a reference of another kind, which the check notices only nine times in ten.
SINGLE = frozenset("C")
FEWEST_DIGITS = 7

# H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004): a quasigroup of order ten in which no two
# neighbours can be swapped unseen.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_SHAPE = re.compile(rf"([A-Z]{{1,{LONGEST_KIND}}})([0-9]{{2}})([0-9]{{{FEWEST_DIGITS},15}})([0-9])")
_BETWEEN = re.compile(r"[\s\-_~./\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference says: the letters of its kind, Buddhist year in full (2569), number from 0."""

    kind: str
    year_be: int
    number: int

    def __str__(self) -> str:
        return make_reference(self.kind, self.year_be, self.number)


def check_digit(kind: str, digits: str) -> str:
    """The check digit for the letters of a kind and the digits of year and number. Raises KeyError, ValueError."""
    values = [LETTERS[letter] for letter in kind]
    # A pair begins at 0, so that its two letters are two steps of the check and their swap is noticed too.
    state, pair = (values[0], []) if len(values) == 1 else (0, values)
    for digit in (*pair, *map(int, digits)):
        state = _DAMM[state][digit]
    return str(state)


def is_kind(letters: str) -> bool:
    """Whether these letters may begin the references of a kind of matter."""
    if letters in SINGLE:
        return True
    known = len(letters) == LONGEST_KIND and all(letter in LETTERS for letter in letters)
    return known and letters[0] not in SINGLE


def make_reference(kind: str, year_be: int, number: int) -> str:
    """The reference of the `number`-th matter of a kind in a Buddhist year (2500 to 2599).

    Raises ValueError for letters that no kind may have, a year outside that century, or a negative number.
    """
    if not is_kind(kind):
        raise ValueError(f"{kind!r} is no kind of matter")
    if not 2500 <= year_be <= 2599:
        raise ValueError(f"{year_be} is no Buddhist year of this century")
    if not 0 <= number < 10**15:
        raise ValueError(f"{number} is no number of a matter")
    year, digits = f"{year_be % 100:02d}", f"{number:0{FEWEST_DIGITS}d}"
    return f"{kind}{year}-{digits}-{check_digit(kind, year + digits)}"


def parse_reference(text: str) -> Reference:
    """Read a reference as people type it: lower case, Thai digits, spaces, missing or odd dashes.

    Raises ValueError if it has not the shape of a reference or its check digit does not fit: every single
    wrong character and every swap of two neighbours is noticed.
    """
    match = _SHAPE.fullmatch(_tidied(text))
    if match is None:
        raise ValueError("not a reference")
    kind, year, digits, check = match.groups()
    if not is_kind(kind) or (len(digits) > FEWEST_DIGITS and digits[0] == "0"):
        raise ValueError("not a reference")
    if check_digit(kind, year + digits) != check:
        raise ValueError("a character of this reference is wrong")
    return Reference(kind=kind, year_be=2500 + int(year), number=int(digits))


def looks_like_reference(text: str) -> bool:
    """Whether someone probably meant a reference, even if a character of it is wrong."""
    return _SHAPE.fullmatch(_tidied(text)) is not None


def _tidied(text: str) -> str:
    plain = arabic_digits(unicodedata.normalize("NFKC", text[:100]))
    return _BETWEEN.sub("", plain).upper()
