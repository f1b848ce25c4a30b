"""Telephone numbers, however people write them: joined, spelt out, with any signs between, with O for 0.

National numbering plan of the NBTC: 06, 08, 09 and eight digits more, 02 to 05 and 07 and seven more; +66 for 0.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Place = tuple[int, int]

_GROUP = re.compile("[0-9]+")
_ALIKE = re.compile(r"(?<![A-Za-z])[0-9OoIlZSB]{2,12}(?![A-Za-z])")
_AS_DIGITS = str.maketrans("OoIlZSB", "0011258")
_MOST_GROUPS = 13
_LONGEST_GAP = 7
# Inside one number people put spaces, brackets, dots, dashes; or one other sign between all its parts.
_SOFT = re.compile(r"[ ]{0,3}[-._()\[\]]{0,2}[ ]{0,3}")
_OTHER = re.compile(r"[ ]?[/|*,:~\n][ ]?")
_CUE = re.compile(
    r"(?:โทร|เบอร์|มือถือ|ติดต่อ|แฟ[็]?กซ์|พร้อมเพย์|ไลน์|ไอดี|สายตรง|"
    r"(?<![A-Za-z])(?:tel|call|phone|mobile|mob|cell|contact|fax|line|whatsapp|id))[^0-9]{0,20}$",
    re.IGNORECASE,
)
_NEAR_CUE = re.compile(
    r"(?:โทร|เบอร์|มือถือ|(?<![A-Za-z])(?:tel|phone|mobile|call))[^0-9\n]{0,12}$", re.IGNORECASE
)
_CUE_WORDS = frozenset(
    [
        "tel",
        "tell",
        "call",
        "phone",
        "ph",
        "mobile",
        "mob",
        "cell",
        "contact",
        "fax",
        "line",
        "id",
        "whatsapp",
        "wa",
        "t",
        "m",
        "no",
        "number",
    ]
)
_DOMAIN = re.compile(
    r"(?:wa\.me|t\.me|line\.me|api\.whatsapp\.com|viber\.me)/[a-z/?=~+]{0,12}$", re.IGNORECASE
)
_DOCUMENT = re.compile(
    r"(?:เลขรับ|อ้างอิง|คำร้อง|สัญญา|โครงการ|ใบเสร็จ|ใบสั่ง|ใบแจ้งหนี้|โฉนด|พัสดุ|มิเตอร์|ผู้ใช้ไฟ|ผู้ใช้น้ำ|หนังสือ|ครุภัณฑ์|คำสั่ง|บาร์โค้ด|"
    r"รหัส|เสา|รุ่น|ซีเรียล|serial|ref|invoice|order)[^0-9\n]{0,14}$",
    re.IGNORECASE,
)
_BAHT = re.compile(r"\s{0,2}(?:บาท|ล้าน|ลบ\.|฿|baht|THB)", re.IGNORECASE)
_TAIL = re.compile(r"\s?(?:ต่อ|ext\.?|#)\s?[0-9]{1,5}(?![0-9])|\s?[-/]\s?[0-9]{1,2}(?![0-9/-])", re.IGNORECASE)
_SECOND = re.compile(
    r"\s?(?:[/,;+&]|หรือ|และ|กับ|or)\s?(?P<it>[0-9]{3}[- ]?[0-9]{4})(?![0-9])(?!\s{0,2}(?:บาท|ล้าน))"
)
_WORD = "ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|zero|one|two|three|four|five|six|seven|eight|nine|[0-9]"
_SPELT = re.compile(
    rf"(?:(?:ศูนย์|zero|oh)[ ,-]{{0,2}}(?:(?:{_WORD})[ ,-]{{0,2}}){{7,8}}|"
    rf"0[ ,-]{{0,2}}(?:(?:{_WORD})[ ,-]{{0,2}}){{7,8}})(?:{_WORD})(?![0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    """Digits put together from groups `first` to `last`, with the signs between them."""

    first: int
    last: int
    sizes: tuple[int, ...]
    signs: str  # the signs between, without spaces and brackets
    is_foreign: bool = False


def find_phones(text: str) -> Iterator[Place]:
    """Where telephone numbers stand in a view of a text, with extensions and short second numbers."""
    digits = _ALIKE.sub(_with_digits, text)
    groups = [match.span() for match in _GROUP.finditer(digits)]
    last_end, number = -1, 0
    while number < len(groups):
        found = _phone_at(digits, groups, number, last_end)
        if found is None:
            number += 1
            continue
        start, end, following = found
        yield start, end
        last_end, number = end, following
    for match in _SPELT.finditer(text):
        if re.search("[A-Za-zก-ฮ]", match.group()):
            yield match.span()


def _with_digits(token: re.Match[str]) -> str:
    """08l and O81 are written with letters for digits; Ol and Il are words of their own."""
    text = token.group()
    return text.translate(_AS_DIGITS) if sum("0" <= sign <= "9" for sign in text) * 2 >= len(text) else text


def _phone_at(text: str, groups: list[Place], first: int, last_end: int) -> tuple[int, int, int] | None:
    """The phone whose first digits are group `first`: start, end and the group that follows."""
    start = groups[first][0]
    if text[start] not in "0689" and text[max(0, start - 1)] != "+":
        return None  # most groups end here
    before = text[max(0, start - 40) : start]
    has_cue = bool(_CUE.search(before[-36:]))
    if not _may_begin(before, has_cue=has_cue, goes_on=last_end >= 0 and start - last_end <= 3):
        return None
    has_cue = has_cue or bool(_DOMAIN.search(before))
    number = _read(text, groups, first)
    if (
        number is None
        or not _is_shaped(number, has_cue=has_cue)
        or not _may_end(text, groups, number, has_cue=has_cue)
    ):
        number = _odd_number(text, groups, first) if _NEAR_CUE.search(before[-24:]) else None
    if number is None or (not has_cue and _is_of_a_document(text, before, groups[number.last][1])):
        return None
    return _with_tail(text, groups, number, before)


def _is_of_a_document(text: str, before: str, end: int) -> bool:
    return bool(_DOCUMENT.search(before[-30:]) or _BAHT.match(text, end))


def _may_begin(before: str, *, has_cue: bool, goes_on: bool) -> bool:
    """Whether what stands directly before can stand before a phone: not the rest of a longer number or code."""
    before = before.rstrip("+([").removesuffix(" (")
    if not before or goes_on or _DOMAIN.search(before):
        return True
    letters = re.search(r"[A-Za-z]{1,12}$", before)
    if letters:
        return letters.group().lower() in _CUE_WORDS
    code = re.search(r"(?P<word>[A-Za-z]{0,12})(?P<digit>[0-9]?)[-/.,_]$", before)
    if code and code["digit"]:
        return False
    return not (code and code["word"]) or code["word"].lower() in _CUE_WORDS


def _length_asked(digits: str) -> int:
    """How many digits a number that begins like this has; 0 if none begins so, -1 if it is not told yet."""
    trunk = next((len(lead) for lead in ("00660", "0066", "660", "66", "0") if digits.startswith(lead)), 0)
    if digits in ("00", "006", "6", "66", "0066") or len(digits) <= trunk:
        return -1
    if not trunk:
        return 0
    return trunk + {"6": 9, "8": 9, "9": 9}.get(digits[trunk], 8 if digits[trunk] in "23457" else -trunk)


def _read(text: str, groups: list[Place], first: int) -> _Number | None:
    """The national or +66 number, or the foreign one behind a plus sign, that begins with group `first`."""
    digits, sizes, signs = "", [], ""
    is_foreign = text[max(0, groups[first][0] - 1)] == "+"
    for number in range(first, min(first + _MOST_GROUPS, len(groups))):
        start, end = groups[number]
        if number > first:
            gap = (
                text[groups[number - 1][1] : start] if start - groups[number - 1][1] <= _LONGEST_GAP else "x"
            )
            if not (_SOFT.fullmatch(gap) or _OTHER.fullmatch(gap)):
                break
            signs += gap.strip(" ()[]")
        if end - start > 15:
            return None
        digits += text[start:end]
        sizes.append(end - start)
        asked = _length_asked(digits)
        if asked == len(digits):
            return _Number(first, number, tuple(sizes), signs)
        if not asked or len(digits) > max(asked, 5):
            break
    return _foreign(text, groups, first) if is_foreign else None


def _foreign(text: str, groups: list[Place], first: int) -> _Number | None:
    """+856 20 5555 1234: ITU-T E.164 allows fifteen digits; fewer than nine are no subscriber's."""
    total, sizes = 0, []
    for number in range(first, min(first + 6, len(groups))):
        start, end = groups[number]
        if number > first and not _SOFT.fullmatch(text[groups[number - 1][1] : start][:_LONGEST_GAP]):
            break
        if total + end - start > 15:
            break
        total += end - start
        sizes.append(end - start)
    return _Number(first, first + len(sizes) - 1, tuple(sizes), "", is_foreign=True) if total >= 9 else None


def _odd_number(text: str, groups: list[Place], first: int) -> _Number | None:
    """Behind "โทร" and the like: nine to eleven digits, though one was forgotten or is too many."""
    total, sizes = 0, []
    for number in range(first, min(first + 4, len(groups))):
        start, end = groups[number]
        if number > first and not re.fullmatch(
            "[ -]{1,3}", text[groups[number - 1][1] : start][:_LONGEST_GAP]
        ):
            break
        total += end - start
        sizes.append(end - start)
    is_one = 9 <= total <= 11 and text[groups[first][0]] in "0689"
    return _Number(first, first + len(sizes) - 1, tuple(sizes), "") if is_one else None


def _is_shaped(number: _Number, *, has_cue: bool) -> bool:
    """Whether the parts look like a phone and not like a date, times of day, or amounts in a row."""
    sizes, signs = number.sizes, set(number.signs)
    if len(sizes) == 1 or number.is_foreign or (has_cue and not signs & set("\n,:")):
        return True
    if signs <= set("-_"):
        is_date = len(sizes) > 2 and max(sizes[:2]) <= 2 and sizes[2] == 4
        return set(sizes) == {1} or (len(sizes) <= 6 and not is_date)
    if signs == {"."}:
        return sizes[1] > 2
    is_even = len(signs) == 1 and len(sizes) in (2, 3) and len(number.signs) == len(sizes) - 1
    if signs == {"\n"} and not has_cue:
        return False
    return (is_even or signs <= set("-._/")) and sizes[0] in (2, 3) and min(sizes[1:]) >= 3


def _may_end(text: str, groups: list[Place], number: _Number, *, has_cue: bool) -> bool:
    """Whether the number ends where it was cut: 081-234-5678-001 and 0812345678.50 go on."""
    end = groups[number.last][1]
    if number.last + 1 == len(groups) or groups[number.last + 1][0] - end > 1:
        return True
    sign, after = text[end], groups[number.last + 1]
    if sign in "./-" and not _TAIL.match(text, end):
        return has_cue or text[after[0]] in "06"
    return True


def _with_tail(text: str, groups: list[Place], number: _Number, before: str) -> tuple[int, int, int]:
    start, end = groups[number.first][0], groups[number.last][1]
    lead = re.search(r"[+(\[]{1,2}$", before)
    start -= len(lead.group()) if lead else 0
    for pattern in (_TAIL, _SECOND):
        tail = pattern.match(text, end)
        # A whole second number is found by itself; "/8" and "123-4568" are nothing without the first.
        if tail and not (pattern is _TAIL and _is_next_phone(text, tail)):
            end = tail.end()
    if (
        text[end : end + 1] in (")", "]")
        and lead
        and lead.group()[-1] in "(["
        and text.find(")", start, end) < 0
    ):
        end += 1
    following = number.last + 1
    while following < len(groups) and groups[following][0] < end:
        following += 1
    return start, end, following


def _is_next_phone(text: str, tail: re.Match[str]) -> bool:
    """Whether the 08 of "… / 08 9876 5432" begins a number of its own."""
    return bool(re.match(r"[ -]{1,2}[0-9]{3}", text[tail.end() : tail.end() + 5])) and tail.group().strip(
        " -/"
    ).startswith("0")
