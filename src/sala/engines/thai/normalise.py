"""Bring Thai text to one spelling, so that the same words compare equal however they were typed."""

import re
import unicodedata

#: Raise it whenever the output changes for any text: stored indexes and models name the version they used.
NORMALISER_VERSION = "2"

_TONES = "\u0e48-\u0e4b"

#: Code points that show nothing: soft hyphen, zero-width and direction marks.
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
)
_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_LONE_SURROGATES = dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)  # no encoding holds them; U+FFFD stands for "unreadable"
_CHARACTERS = INVISIBLE | _THAI_DIGITS | _FULL_WIDTH | _LONE_SURROGATES

# Each pair repairs one slip of the keyboard; the order matters, a later rule may rely on an earlier one.
_REPAIRS: list[tuple[re.Pattern[str], str]] = [
    (re.compile("เเ"), "แ"),
    (re.compile("(?<![ฤฦ])ๅ"), "า"),
    (re.compile(f"([{_TONES}])([ัิ-ฺ็ํ]+)"), r"\2\1"),  # tone typed before the vowel sign
    (re.compile("์([ิุ])"), r"\1์"),  # สิทธ์ิ, พันธ์ุ
    (re.compile(f"([าะ])([{_TONES}])"), r"\2\1"),  # หนา้, จะ๊: no tone stands on these
    # แลว้, เลน่: behind a sonorant no second letter belongs to the same onset, so the tone sits one letter too late;
    # but เวล่ำ, เมล่อน and แลน้ำ are right, where a vowel follows.
    (re.compile(f"([เแโ][งญนมยรลว])([ก-ฮ])([{_TONES}])(?![ะ-ฺๅํอ])"), r"\1\3\2"),
    (re.compile("([ะ-ฺเ-์])\\1+"), r"\1"),  # the same sign twice
    (re.compile(f"ํ([{_TONES}]?)า"), r"\1ำ"),  # nikhahit + aa = sara am
    (re.compile(f"ำ([{_TONES}])"), r"\1ำ"),
    (re.compile(f"ำํ|ํ([{_TONES}]?)ำ"), r"\1ำ"),
    (re.compile("ๆ(?: *ๆ)+"), "ๆ"),
]
_RUN = re.compile(r"([ก-ฮ])\1{2,}|([a-zA-Z])\2{3,}|([!?~.,…])\3{2,}")
# A word may end in the letter that begins the next: ถนนนวมินทร์, ออกกกต. Such runs are real.
_REAL_RUNS = {"น": 4, "ก": 3}
_DOUBLES = {"ร"}  # รร is itself a vowel
_SPACE = re.compile(r"\s+")


def _shorten(match: re.Match[str]) -> str:
    run, text = match.group(), match.string
    letter = run[0]
    follows = text[match.end() : match.end() + 1]
    before = text[match.start() - 1 : match.start()]
    if "ก" <= follows <= "ๆ" and len(run) <= _REAL_RUNS.get(letter, 0):
        return run
    if letter in _DOUBLES or (letter == "น" and before == "ถ"):
        return letter * 2
    return letter


def _once(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_CHARACTERS))
    for pattern, replacement in _REPAIRS:
        text = pattern.sub(replacement, text)
    text = _RUN.sub(_shorten, text)
    return _SPACE.sub(" ", text).strip()


def normalise(text: str) -> str:
    """Return `text` in the one spelling that indexes and models use.

    Unicode NFC; invisible characters removed; full-width and Thai digits to ASCII digits; tone marks after
    the vowel sign and before sara am (Unicode Standard, section 16.1, gives the storage order); double signs
    and letters stretched for effect (มากกกก) shortened; all white space one space. Applying it twice changes
    nothing. Letter case is kept.
    """
    for _ in range(4):  # one repair can bring two halves of another together; two rounds settle real text
        repaired = _once(text)
        if repaired == text:
            break
        text = repaired
    return text
