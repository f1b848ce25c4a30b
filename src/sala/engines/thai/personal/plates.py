"""Number plates: letters and a number with a sign of a car beside them, and the province that belongs to them."""

import re
from collections.abc import Iterator

from sala.engines.thai.dictionary import short_words
from sala.engines.thai.personal.name_lists import province_names

Place = tuple[int, int]

_LETTER = "[กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ]"
_PLATE = re.compile(
    rf"(?<![ก-๛A-Za-z0-9.])(?P<it>(?:(?P<series>[1-9])(?P<gap>\s?))?"
    rf"(?P<letters>{_LETTER}{{1,3}})(?P<between>[ -]{{0,3}})(?P<number>[0-9]{{1,4}}))"
    rf"(?![0-9])(?![.,/-][0-9])"
)
_FIRST = re.compile(f"[1-9]|{_LETTER}")
_LETTERS_OF_CUE = rf"(?:[1-9]?[ -]?(?:{_LETTER}{{1,3}}|{_LETTER}\.[ ]?{_LETTER}\.)|[0-9]{{2}})"
_AFTER_CUE = re.compile(
    r"(?:ป้ายทะเบียน|ทะเบียนรถ|เลขทะเบียน|หมายเลขทะเบียน|(?<!จด)(?<!ขึ้น)ทะเบียน(?!บ้าน|พาณิชย์|ราษฎร|สมรส|"
    r"การค้า)|ป้ายแดง|ป้ายรถ|เลขป้าย|(?<=\s)ป้าย|ท\.บ\.)\s{0,3}"
    r"(?:(?:รถยนต์|รถ|เลขที่|เลข|คือ|ว่า|หมายเลข|เป็น|ป้าย|มอไซค์|จยย\.?|กระบะ|เก๋ง)\s{0,3}){0,3}[:(]?\s{0,3}"
    rf"(?P<it>{_LETTERS_OF_CUE}[ -]{{0,3}}[0-9]{{1,4}})(?![0-9])(?!/[0-9])"
)
_NUMBER_AFTER_CUE = re.compile(r"(?:ป้ายทะเบียน|ทะเบียนรถ|ทะเบียน)\s{0,3}:?\s{0,3}(?P<it>[0-9]{3,4})(?![0-9/.-])")
_VEHICLE_CUE = re.compile(
    r"(?:รถ|เก๋ง|กระบะ|แท็กซี่|แท๊กซี่|แทกซี่|จักรยานยนต์|มอเตอร์ไซค์|มอเตอร์ไซด์|มอไซค์|มอไซ|จยย\.?|วิน|สิบล้อ|ปิคอัพ|"
    r"ปิกอัพ|รถตู้|สองแถว|พ่วง|เทรลเลอร์|"
    r"โตโยต้า|ฮอนด้า|อีซูซุ|มิตซู(?:บิชิ)?|นิสสัน|มาสด้า|ฟอร์ด|เบนซ์|วีออส|ฟอร์จูนเนอร์|วีโก้|รีโว่|แจ๊ส|ซีวิค|ดีแมกซ์|เวฟ|ป้าย|คัน|ชนแล้วหนี|"
    r"(?<![A-Za-z])(?:toyota|honda|isuzu|mazda|nissan|ford|benz|bmw|vios|wave|pcx))[^0-9\n]{0,40}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s{0,2}(?:บาท|คัน|คน|นาย|เครื่อง|แห่ง|จุด|ครั้ง|เมตร|ม\.|กม|กิโล|ราย|ซีซี|cc|ปี|ชั่วโมง|นาที|ล้าน|บ\.|ชั้น|ห้อง|"
    r"หลัง|วัน|ต้น|เที่ยว|รอบ|โมง|น\.)"
)
_TRUCK = re.compile(r"(?<![0-9A-Za-z/-])(?P<it>[1-9][0-9][ ]?-[ ]?[0-9]{4})(?![0-9/-])")


def find_plates(text: str) -> Iterator[Place]:
    """Plates of cars, motorcycles and lorries, with the province behind them."""
    for match in _AFTER_CUE.finditer(text):
        yield _with_province(text, *match.span("it"))
    for match in _NUMBER_AFTER_CUE.finditer(text):
        start, end = match.span("it")
        if _with_province(text, start, end)[1] > end or _VEHICLE_CUE.search(
            text[max(0, match.start() - 50) : match.start()]
        ):
            yield _with_province(text, start, end)
    for first in _FIRST.finditer(text):  # every start, since a rejected "จอ 2" may hide the 2 of 2ขค 567
        found = _PLATE.match(text, first.start())
        if found and _is_plate(text, found):
            yield _with_province(text, *found.span("it"))
    for match in _TRUCK.finditer(text):
        start, end = _with_province(text, *match.span("it"))
        if end > match.end("it") or _VEHICLE_CUE.search(text[max(0, start - 50) : start]):
            yield start, end


def _is_plate(text: str, match: re.Match[str]) -> bool:
    """Letters and a number are a plate only with a sign of a car: a series digit, a vehicle, a province."""
    letters, number = match["letters"], match["number"]
    has_series = bool(match["series"]) and not match["gap"] and len(letters) > 1
    if has_series and letters not in short_words():
        return True
    if _with_province(text, *match.span("it"))[1] > match.end("it") and len(letters) > 1:
        return True
    before = text[max(0, match.start("it") - 50) : match.start("it")]
    cue = _VEHICLE_CUE.search(before)
    if not cue or len(letters) == 1:
        return False
    if match["series"] and len(cue.group().split()) == 1 and len(number) >= 3:
        return True  # มอไซค์ 4 กง 567: nothing but the plate stands behind the vehicle
    if len(number) < 3:
        is_short = len(letters) == 2 and letters not in short_words()
        return is_short and (len(number) == 2 or match["between"] == "-") and not _is_counted(text, match)
    if letters not in short_words():
        return True
    # "แท็กซี่ ทน 5512" is a plate although ทน is a word; "รถชน 1500 คัน" is none.
    stands_alone = has_series or (len(number) == 4 and before.endswith(" ")) or match["between"] == "-"
    return stands_alone and not _is_counted(text, match)


def _is_counted(text: str, match: re.Match[str]) -> bool:
    return _COUNTED.match(text, match.end("it")) is not None


def _with_province(text: str, start: int, end: int) -> Place:
    """The plate and, if it follows, the province that is part of it."""
    rest = text[end : end + 30]
    gap = len(rest) - len(rest.lstrip(" -()"))
    name = next((name for name in province_names() if rest.startswith(name, gap)), "")
    return start, end + gap + len(name) if name else end
