"""What may stand in a public text: no character that breaks a feed, a page or the reading of what is beside it.

One rule for every door through which words come (pages, API, Open311, letters): `as_taken` takes away what would
mislead a reader, and never refuses a whole post for it. What is no text at all (`is_text`) is refused by its field's
name, and so is what shows nothing (`is_visible`). Exporters write whole fields through `clean`, and every writer of
XML or SVG passes each piece through `xml_safe` as the last wall.
"""

import re
import unicodedata
from xml.sax.saxutils import escape

from sala.core.errors import Invalid

# Of words that a person or an office writes about a matter, in characters.
LONGEST_TEXT = 8000

#: Codes of what makes a text unreadable; the words for them are the door's.
FORBIDDEN_CHARACTER, LONE_MARK, NOTHING_VISIBLE = "forbidden_character", "lone_mark", "nothing_visible"

# Old line ends of other systems (carriage return, vertical tab, form feed, NEL, Unicode's own separators).
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# XML 1.0 (fifth edition, 2.2) has no control characters but tab and line ends, no surrogates, no U+FFFE and U+FFFF;
# HTML (13.1.3) knows neither C1 controls nor the other noncharacters. Private use shows another sign on every
# machine. Overrides and isolates of direction (UAX 9) turn the text beside them round; tags and the deprecated format
# characters (U+206A …) show nothing and can hide words; U+FFF9 to U+FFFC stand for what is not in the text.
_PLANE_ENDS = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}-{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(15)
)
_FORBIDDEN_SET = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2065-\u206f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\ufffc"
    f"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U000f0000-\U0010ffff{_PLANE_ENDS}"
)
# The flags of England, Scotland and Wales are a black flag and tags: the one use of tags that shows (UTS 51).
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_FORBIDDEN = re.compile(f"(?P<flag>{_FLAG})|[{_FORBIDDEN_SET}]")

# Letters and signs by their category, blank on every screen: Hangul fillers, the braille cell without a dot, the
# musical head without a note.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")


def xml_safe(text: str) -> str:
    """`text` without the characters that XML 1.0 or HTML cannot carry or that no public text may hold.

    Looks at each character alone, so a text may be written piece by piece: nothing is lost at the seams.
    """
    return _FORBIDDEN.sub(lambda found: found.group("flag") or "", _LINE_END.sub("\n", text))


def xml_text(text: str) -> str:
    """`text` as the content of an XML or SVG element: `xml_safe`, with &, < and > escaped."""
    return escape(xml_safe(text))


def clean(text: str) -> str:
    """`text` as it may stand in public: line ends are "\\n", forbidden characters and lone marks are gone.

    A mark is lone if no sign stands before it that it could sit on: a Thai vowel or tone sign at the start of a
    text or after a space. Everything else stays as it was; doing it twice changes nothing.
    """
    safe = xml_safe(text)
    return safe if safe.isascii() else _without_lone_marks(safe)


def is_text(text: str) -> bool:
    """Whether all of it can be kept and sent on: no NUL, no half of a surrogate pair."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


def as_taken(text: str) -> str:
    """`text` as a door takes it: cleaned; left as it is where it is no text, so that it is refused by name."""
    return clean(text) if is_text(text) else text


def says_nothing(text: str) -> bool:
    """Whether nobody would see anything of it once it is cleaned: spaces, joiners, fillers, marks on nothing."""
    return not is_visible(clean(text))


def unreadable(text: str) -> str | None:
    """Why `text` may not stand in public, as a code; None if it may, and for an empty text, which says nothing.

    FORBIDDEN_CHARACTER, LONE_MARK (see `clean`), or NOTHING_VISIBLE: only spaces, joiners, fillers and marks.
    """
    lines = _LINE_END.sub("\n", text)
    safe = xml_safe(lines)
    if safe != lines:
        return FORBIDDEN_CHARACTER
    if _without_lone_marks(safe) != safe:
        return LONE_MARK
    return NOTHING_VISIBLE if text and not is_visible(safe) else None


def require_readable(text: str, field: str) -> str:
    """`text` with its line ends made "\\n". Raises Invalid, naming `field`, if it may not stand in public."""
    if code := unreadable(text):
        raise Invalid(fields={field: code})
    return _LINE_END.sub("\n", text)


def is_visible(text: str) -> bool:
    """Whether a reader sees anything: a letter, digit, punctuation mark or symbol that is not blank."""
    return any(_shows(sign) for sign in text)


def _shows(sign: str) -> bool:
    # An unassigned character counts: it may be an emoji younger than this Python.
    return (
        unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK or unicodedata.category(sign) == "Cn"
    )


def _without_lone_marks(text: str) -> str:
    kept, has_base = [], False
    for sign in text:
        category = unicodedata.category(sign)
        if category[0] == "M":
            if not has_base:
                continue
        elif category != "Cf":  # joiners and zero-width spaces neither carry a mark nor end what carries it
            has_base = category[0] != "Z" and category != "Cc"
        kept.append(sign)
    return "".join(kept)


def check_text(text: str, field: str = "text", *, needed: bool = True, longest: int = LONGEST_TEXT) -> None:
    """Raises Invalid, naming the field, for words that are missing, longer than `longest` characters, or no text."""
    if needed and says_nothing(text):
        raise Invalid("invalid", {field: "text_missing"})
    if len(text) > longest:
        raise Invalid("invalid", {field: "text_too_long"})
    if not is_text(text):
        raise Invalid("invalid", {field: "not_text"})
