"""Hide what tells who a person is: citizen number, phone, plate, e-mail, account, name. Nothing else."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sala.core.digits import arabic_digits
from sala.core.national_ids import national_id_check_digit
from sala.engines.thai.callnames import find_called
from sala.engines.thai.dictionary import short_words
from sala.engines.thai.names import find_names, piece_starts, province_names
from sala.engines.thai.normalise import INVISIBLE

#: Raise it whenever other spans would be found in the same text.
MASKING_VERSION = "3"

#: Kind of personal data -> what a reader sees in its place.
LABELS: dict[str, str] = {
    "citizen_number": "[เลขประจำตัวประชาชน]",
    "phone": "[หมายเลขโทรศัพท์]",
    "email": "[อีเมล]",
    "bank_account": "[เลขบัญชีธนาคาร]",
    "chat_id": "[ไอดีไลน์]",
    "social_account": "[ชื่อบัญชีออนไลน์]",
    "plate": "[ทะเบียนรถ]",
    "name": "[ชื่อบุคคล]",
}


class Span(NamedTuple):
    """One piece of personal data: `text[start:end]` of the original, and which kind it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Masked:
    """The text with labels in place of personal data, and where that data stood in the original."""

    text: str
    spans: tuple[Span, ...]


_D = "[0-9๐-๙]"
_GAP = "[ \u00a0\u200b.\u2010-\u2015-]{0,3}"  # people write 1-2345-67890-12-1, 1 2345 …, 1.2345. …
_NOT_INSIDE = r"(?<![0-9๐-๙A-Za-z/#])(?<![0-9๐-๙A-Za-z][-–/.,])"
_NOT_GOING_ON = rf"(?!{_D})(?![-–/]{_D})(?![.,]{_D})"

_CITIZEN = re.compile(rf"{_NOT_INSIDE}{_D}(?:{_GAP}{_D}){{12}}{_NOT_GOING_ON}")
_CITIZEN_CUE = re.compile(
    r"(?:เลข\s*บัตร|บัตร\s*(?:ประจำตัว)?\s*(?:ประชาชน|ปชช\.?)|ประจำตัวประชาชน|"
    r"เลขประจำตัว\s*13\s*หลัก|citizen id|national id)"
    r"[^0-9๐-๙\n]{0,20}$",
    re.IGNORECASE,
)
_PHONE_GAP = "[ _\u00a0\u200b.()\u2010-\u2015-]{0,3}"
_COUNTRY = rf"(?:(?:\+|00|๐๐)?(?:66|๖๖){_PHONE_GAP}[(]?[0๐]?[)]?|[(]?[0๐])"
_PHONE = re.compile(
    rf"(?<![0-9๐-๙A-Za-z#+])(?:(?<={_D}{{9}}/)|(?<!/)(?<![0-9๐-๙A-Za-z][-–.,])){_COUNTRY}{_PHONE_GAP}"
    rf"(?:[689๖๘๙](?:{_PHONE_GAP}{_D}){{8}}|[2-57๒-๕๗](?:{_PHONE_GAP}{_D}){{7}})"
    rf"(?:\s?-\s?{_D}{{1,2}}|\s?(?:ต่อ|ext\.?)\s?{_D}{{1,5}})?(?!{_D})(?![-–]{_D})(?!/(?![0๐]{_D}{{8}}){_D})(?![.,]{_D})"
)
_NUMBER_CUE = re.compile(
    r"(?:เลขที่|เลขรับ|อ้างอิง|คำร้อง|เรื่อง|สัญญา|โครงการ|ใบเสร็จ|ใบสั่ง|โฉนด|พัสดุ|มิเตอร์|ผู้ใช้ไฟ|ผู้ใช้น้ำ)\s*(?:ที่|เลขที่)?\s*[:：]?\s*$"
)
_BAHT = re.compile(r"\s{0,2}(?:บาท|ล้าน|ลบ\.|฿|baht|THB)", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}\s?(?:@|\(at\))\s?[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_BANK = (
    "กสิกร(?:ไทย)?|ไทยพาณิชย์|กรุงไทย|กรุงศรี(?:อยุธยา)?|ออมสิน|ทหารไทย(?:ธนชาต)?|ธ\\.?ก\\.?ส\\.?|ธ(?:นาคาร|\\.)\\s?กรุงเทพ|"
    "(?<![A-Za-z])(?:kbank|scb|ktb|bbl|ttb|tmb|gsb)(?![A-Za-z])"
)
_ACCOUNT = re.compile(
    rf"(?:(?:เลขที่บัญชี|เลขบัญชี|บัญชีเลขที่|หมายเลขบัญชี|บัญชีธนาคาร|บัญชี|บ/ช|พร้อมเพย์)[^0-9๐-๙\n]{{0,30}}|(?:{_BANK})[^0-9๐-๙\n]{{0,8}})"
    rf"(?P<it>{_D}(?:{_GAP}{_D}){{9,14}}){_NOT_GOING_ON}",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"(?:ไอดี\s*ไลน์(?=\s)|ไลน์(?!ผลิต)|(?<![A-Za-z])line)(?:\s*(?:ไอดี|id)\s*[:：=]?|\s*[:：=]|\s+(?=@)|(?=@)|(?<=ไอดีไลน์))\s*"
    r"(?P<it>@?(?!https?\b)(?=[A-Za-z0-9._-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{3,29})(?![A-Za-z0-9._:/-])",
    re.IGNORECASE,
)
_CHAT_WORDS = frozenset(["official", "group", "today", "open", "chat", "oa", "man", "pay", "bk", "line"])
# a name of letters alone after ไลน์ may be a word; with a digit, dot or line in it, it is an account's
_HANDLE = (
    r"(?!https?\b|www\b)(?=[A-Za-z0-9._-]*[0-9._-])[A-Za-z][A-Za-z0-9._-]{3,29}(?![A-Za-z0-9._:/-])(?<![._-])"
)
_CHAT_HANDLE = re.compile(
    rf"(?:ไลน์|(?<![A-Za-z])line)\s+(?P<it>{_HANDLE})|ไอดี\s+(?P<before>{_HANDLE})(?=\s*ใน\s?ไลน์)",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"(?:เฟ[สซ](?:บุ๊?[คก]|บุ้ค)?|(?<![A-Za-z])(?:facebook|fb|instagram|ig|tiktok|twitter)(?![A-Za-z])|ไอจี|อินสตาแกรม|ติ๊?ก\s?ต็?[อ๊]+[กค]|ทวิตเตอร์)"
    r"\s*(?:(?:ชื่อ|id|ไอดี)\s*)?[:：]?\s*"
    rf"(?P<it>@[A-Za-z0-9._]{{3,30}}|{_HANDLE}|(?-i:[A-Z][a-z]+ [A-Z][a-z]+)(?![A-Za-z]))",
    re.IGNORECASE,
)
_PUBLIC_WORDS = re.compile(
    "traffy|fondue|bangkok|thai|news|police|page|group|live|marketplace", re.IGNORECASE
)


def _digits(text: str) -> str:
    return "".join(sign for sign in arabic_digits(text) if sign.isascii() and sign.isdigit())


def is_citizen_number(digits: str) -> bool:
    """Whether 13 ASCII digits are a Thai citizen number: first digit 1–8 and a right check digit.

    Numbers that begin with 0 or 9 belong to companies and other bodies (Department of Provincial
    Administration; Revenue Department) and are public.
    """
    if len(digits) != 13 or not digits.isascii() or not digits.isdigit() or digits[0] in "09":
        return False
    return national_id_check_digit(digits[:12]) == digits[12]


def _citizen_numbers(text: str) -> Iterator[Span]:
    for match in _CITIZEN.finditer(text):
        # A mistyped number beside the words "citizen number" still points at one person.
        if is_citizen_number(_digits(match.group())) or _CITIZEN_CUE.search(
            text[max(0, match.start() - 60) : match.start()]
        ):
            yield Span(*match.span(), "citizen_number")


def _phones(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        if _NUMBER_CUE.search(text[max(0, match.start() - 30) : match.start()]) or _BAHT.match(
            text, match.end()
        ):
            continue
        yield Span(*match.span(), "phone")


def _emails(text: str) -> Iterator[Span]:
    for match in _EMAIL.finditer(text):
        yield Span(*match.span(), "email")


def _accounts(text: str) -> Iterator[Span]:
    for match in _ACCOUNT.finditer(text):
        yield Span(*match.span("it"), "bank_account")


def _chat_ids(text: str) -> Iterator[Span]:
    for match in _CHAT.finditer(text):
        if match.group("it").lower() not in _CHAT_WORDS:
            yield Span(*match.span("it"), "chat_id")


def _chat_handles(text: str) -> Iterator[Span]:
    for match in _CHAT_HANDLE.finditer(text):
        yield Span(*match.span("it" if match.group("it") else "before"), "chat_id")


def _social_accounts(text: str) -> Iterator[Span]:
    for match in _SOCIAL.finditer(text):
        if not _PUBLIC_WORDS.search(match.group("it")):
            yield Span(*match.span("it"), "social_account")


_LETTER = "[กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ]"
_PLATE_STARTS = frozenset("123456789๑๒๓๔๕๖๗๘๙" + _LETTER)
_PLATE = re.compile(
    rf"(?<![ก-๛A-Za-z0-9.])(?P<it>(?:(?P<series>[1-9๑-๙])(?P<gap>\s?))?"
    rf"(?P<letters>{_LETTER}{{1,3}})[ -]{{0,3}}(?P<number>{_D}{{1,4}}))"
    rf"(?![0-9๐-๙])(?![.,/-]{_D})"
)
_PLATE_AFTER_CUE = re.compile(
    rf"(?:ป้ายทะเบียน|ทะเบียนรถ|เลขทะเบียน|หมายเลขทะเบียน|ทะเบียน|ป้ายแดง)\s*(?:รถ|เลข|เลขที่|คือ|ว่า|หมายเลข)?\s*[:：]?\s*"
    rf"(?P<it>(?:[1-9๑-๙]?\s?{_LETTER}{{1,3}}|{_D}{{2}})[ -]{{0,3}}{_D}{{1,4}})(?!{_D})"
)
_VEHICLE_CUE = re.compile(
    r"(?:รถ|เก๋ง|กระบะ|แท็กซี่|แท๊กซี่|จักรยานยนต์|มอเตอร์ไซค์|มอไซค์|วิน|สิบล้อ|ปิคอัพ)[^0-9๐-๙\n]{0,40}$"
)
_COUNTED = re.compile(
    r"\s{0,2}(?:บาท|คัน|คน|นาย|เครื่อง|แห่ง|จุด|ครั้ง|เมตร|ม\.|กม|กิโล|ราย|ซีซี|cc|ปี|ชั่วโมง|นาที|ล้าน|บ\.)"
)
_TRUCK = re.compile(rf"(?<![0-9๐-๙A-Za-z/-])(?P<it>[1-9๑-๙]{_D}-{_D}{{4}})(?![0-9๐-๙/-])")


def _plates(text: str) -> Iterator[Span]:
    for match in _PLATE_AFTER_CUE.finditer(text):
        yield Span(*_with_province(text, match), "plate")
    for start in range(len(text)):  # every start, since a rejected "จอ 2" may hide the 2 of 2ขค 567
        found = _PLATE.match(text, start) if text[start] in _PLATE_STARTS else None
        if found and _is_plate(text, found):
            yield Span(*_with_province(text, found), "plate")
    for match in _TRUCK.finditer(text):
        start, end = _with_province(text, match)
        if end > match.end("it") or _VEHICLE_CUE.search(text[max(0, start - 50) : start]):
            yield Span(start, end, "plate")


def _is_plate(text: str, match: re.Match[str]) -> bool:
    """Letters and a number are a plate only with a sign of a car: a series digit, a vehicle, a province."""
    letters, number = match.group("letters"), match.group("number")
    has_series = bool(match.group("series")) and not match.group("gap") and len(letters) > 1
    if has_series and letters not in short_words():
        return True
    if _with_province(text, match)[1] > match.end("it") and len(letters) > 1:
        return True
    before = text[max(0, match.start("it") - 50) : match.start("it")]
    cue = _VEHICLE_CUE.search(before)
    if not cue or len(letters) == 1:
        return False
    if bool(match.group("series")) and len(cue.group().split()) == 1 and len(number) >= 3:
        return True  # มอไซค์ 4 กง 567: nothing but the plate stands behind the vehicle
    if len(number) < 3:
        return (
            len(letters) == len(number) == 2 and letters not in short_words() and not _is_counted(text, match)
        )
    if letters not in short_words():
        return True
    # "แท็กซี่ ทน 5512" is a plate although ทน is a word; "รถชน 1500 คัน" is none.
    stands_alone = has_series or (len(number) == 4 and before.endswith(" "))
    return stands_alone and not _is_counted(text, match)


def _is_counted(text: str, match: re.Match[str]) -> bool:
    return _COUNTED.match(text, match.end("it")) is not None


def _with_province(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The plate and, if it follows, the province that is part of it."""
    start, end = match.span("it")
    rest = text[end : end + 30]
    gap = len(rest) - len(rest.lstrip(" \u00a0-"))
    name = next((name for name in province_names() if rest.startswith(name, gap)), "")
    return start, end + gap + len(name) if name else end


def _names(text: str) -> Iterable[Span]:
    starts = piece_starts(text)
    found = [*find_names(text, starts), *find_called(text, starts)]
    found.sort(key=lambda name: name.start - name.end)  # of two that overlap, the longer
    return (Span(start, end, "name") for start, end in found)


# In order of trust: where two finds overlap, the earlier rule keeps its whole span.
_RULES: tuple[Callable[[str], Iterable[Span]], ...] = (
    _emails,
    _citizen_numbers,
    _accounts,
    _phones,
    _plates,
    _chat_ids,
    _chat_handles,
    _social_accounts,
    _names,
)


def find_personal_data(text: str) -> tuple[Span, ...]:
    """Return the spans of personal data in `text`, in order, never overlapping.

    Invisible characters, which would otherwise split a number or a name, are looked through.
    """
    places = [place for place, sign in enumerate(text) if ord(sign) not in INVISIBLE]
    seen = text if len(places) == len(text) else "".join(text[place] for place in places)
    kept: list[Span] = []
    taken = bytearray(len(seen))
    for rule in _RULES:
        for span in rule(seen):
            if not any(taken[span.start : span.end]):
                kept.append(span)
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return tuple(sorted(Span(places[start], places[end - 1] + 1, kind) for start, end, kind in kept))


def mask(text: str) -> Masked:
    """Return `text` with personal data replaced by Thai labels, for the public page of a complaint.

    Reference numbers, law and document numbers, amounts of money, dates and places stay. Rules find what has
    a form; the recogniser finds names, and misses some: an officer still reads a text before it is published.
    """
    spans = find_personal_data(text)
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], LABELS[span.kind]]
        last = span.end
    return Masked("".join([*parts, text[last:]]), spans)
