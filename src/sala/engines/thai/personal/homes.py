"""Numbers of houses and rooms where people live; the road, village and district stay, since officers need the place."""

import re
from collections.abc import Iterator

Place = tuple[int, int]

_HOUSE = "[0-9]{1,4}(?:/[0-9]{1,4}){0,2}(?![0-9/])(?:[ ]?[ก-ฮA-Za-z](?![ก-๎A-Za-z.]))?"
_AFTER_HOUSE = re.compile(
    rf"(?:บ้านเลขที่|เลขที่บ้าน|ห้องเลขที่|ห้องพักเลขที่|บ้านพักเลขที่|บ้าน[ ]{{0,2}}เลขที่|หลังที่)[ ]{{0,3}}[:.]?[ ]{{0,2}}(?P<it>{_HOUSE})"
)
_WITH_SLASH = re.compile(
    r"(?:บ้าน|ที่อยู่|อยู่|พักที่|พัก|เลขที่|อาศัยที่|อาศัย|house|"
    r"no\.?)[ ]{0,3}:?[ ]{0,2}(?P<it>[0-9]{1,4}/[0-9]{1,4}(?:/[0-9]{1,4})?)(?![0-9/])",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![0-9A-Za-z/.,-])(?P<it>[0-9]{1,4}/[0-9]{1,4})(?![0-9/.,-])")
_PLACE_AFTER = re.compile(
    r"[ ]{0,3}(?:หมู่บ้าน|หมู่ที่|หมู่|ม\.|ซอย|ซ\.|ถนน|ถ\.|ตำบล|ต\.|แขวง|คอนโด|อาคารชุด|แฟลต|หอพัก|soi|moo|road)",
    re.IGNORECASE,
)
_NO_HOUSE = re.compile(
    r"(?:หนังสือ|สัญญา|คำสั่ง|ประกาศ|มาตรา|ระเบียบ|เลขรับ|ใบเสร็จ|ใบอนุญาต|คดี|ชั้น|ป\.|ม\.|อัตรา|ครั้งที่|เล่ม|ฉบับ|"
    r"โครงการ|ข้อ|สำนักงาน|ที่ทำการ|"
    r"เทศบาล|ศูนย์|โรงเรียน|วัด|บริษัท|ร้าน|โรงงาน|โรงพยาบาล|ธนาคาร|สาขา|หจก\.|ซอย|ถนน|กิโลเมตร|กม\.|วันที่|ทับ|"
    r"เขต|แปลง)[^0-9\n]{0,12}$"
)
_YEAR = re.compile("/(?:25[0-9]{2}|20[0-9]{2})$")
_ROOM = re.compile(
    r"ห้อง(?:พัก)?(?:เบอร์|หมายเลข|"
    r"ที่)?[ ]{0,3}:?[ ]{0,2}(?P<it>[A-Za-zก-ฮ]?[0-9]{2,5}(?:/[0-9]{1,4})?(?![0-9.,/])[A-Za-z]?)"
)
_LIVED_IN = re.compile(
    "คอนโด|หอพัก|หอ |อพาร์ต|อพาร์ท|แฟลต|แมนชั่น|เพลส|คอร์ท|เรสซิ|residence|condo|นิติบุคคล|ข้างห้อง|"
    "ห้องข้าง|ห้องเช่า|เช่าห้อง|เคหะ|บ้านเอื้อ|อาคาร [A-Z]|อาคารชุด",
    re.IGNORECASE,
)
_WORKED_IN = re.compile(
    "โรงเรียน|โรงพยาบาล|รพ\\.|สำนักงาน|ศาลากลาง|ประชุม|ห้องเรียน|ตรวจ|ฉุกเฉิน|อำเภอ|เทศบาล|อบต|มหาวิทยาลัย|"
    "คณะ|สอบ|ธุรการ|ทะเบียน|ราชการ|ศาล|บริการ"
)


def find_homes(text: str) -> Iterator[Place]:
    """Numbers of houses, flats and rooms; not those of offices, shops, documents, school classes and roads."""
    for match in _AFTER_HOUSE.finditer(text):
        yield match.span("it")
    for match in _WITH_SLASH.finditer(text):
        is_alone = not match.group().startswith("เลขที่") or _PLACE_AFTER.match(text, match.end())
        if is_alone and _is_home(text, match):
            yield match.span("it")
    for match in _BARE.finditer(text):
        if _PLACE_AFTER.match(text, match.end()) and _is_home(text, match):
            yield match.span("it")
    for match in _ROOM.finditer(text):
        around = text[max(0, match.start() - 40) : match.end() + 40]
        if _LIVED_IN.search(around) and not _WORKED_IN.search(around):
            yield match.span("it")


def _is_home(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    return not _NO_HOUSE.search(before) and not _YEAR.search(match["it"])
