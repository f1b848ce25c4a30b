"""What an order to amend is about: "วรรคสองและวรรคสามของมาตรา 51", "(4) ของมาตรา 7", "มาตรา 1238 มาตรา 1239".

Read from text without blanks, in which sara am is sara aa (`letters`), because page texts lose both.
"""

import re
from dataclasses import dataclass
from typing import Final

from sala.engines.legislation.numbers import SUFFIXES
from sala.engines.legislation.ordinals import ORDINALS

_ORDINAL: Final = "|".join(sorted((*ORDINALS, "ท้าย", "สุดท้าย"), key=len, reverse=True))
_SUFFIX: Final = "|".join(sorted(SUFFIXES, key=len, reverse=True))
_NUMBER: Final = rf"\d+(?:/\d+)*(?:(?:{_SUFFIX})(?:/\d+)?(?=[^ก-๎]|และ|วรรค|มาตรา|แห่ง|ของ|$|ใน))?"
_TOKEN: Final = re.compile(
    rf"(?P<unit>(?P<word>มาตรา|ข้อ)(?P<number>{_NUMBER}))"
    rf"|(?P<paragraph>วรรค(?:{_ORDINAL}))"
    r"|(?P<item>\((?:\d+(?:/\d+)?|[ก-ฮ])\))"
    rf"|(?P<name>ชื่อ(?P<named>บรรพ|ภาค|ลักษณะ|หมวด|ส่วนที่|ส่วน)(?P<named_number>{_NUMBER})?)"
    rf"|(?P<heading>(?:บรรพ|ภาค|ลักษณะ|หมวด|ส่วนที่|บทที่)(?P<heading_number>{_NUMBER}))"
    r"|บทนิยามคาว่า(?P<terms>(?:(?:และ)?[“\"][^”\"]+[”\"])+)|บทนิยาม(?P<bare>)"
    r"|(?P<schedule>(?:อัตราค่าธรรมเนียม|บัญชี[^และ]{0,40}?|ตาราง[^และ]{0,30}?|แบบ[^และ]{0,30}?)ท้าย(?P<after>พระราชบัญญัติ|พระราชกฤษฎีกา|กฎกระทรวง|ระเบียบ|ประกาศ|ข้อบังคับ|พระราชกาหนด|ประมวล[ก-๎]*))"
)
#: Where the law that is amended is named; nothing behind it is a target.
LAW: Final = re.compile(r"แห่ง(?=พระราช|ประมวล|รัฐธรรมนูญ|กฎ|ระเบียบ|ประกาศ|ข้อบังคับ|ข้อบัญญัติ|เทศบัญญัติ|ข้อกาหนด|คาสั่ง)")
_LONGEST_RANGE: Final = 500
_STOP: Final = re.compile(r"ซึ่ง(?:แก้ไข|เพิ่ม|ได้)|(?:และ)?ให้ใช้|ต่อไปนี้")


@dataclass(frozen=True, slots=True)
class Target:
    """`unit` reads like มาตรา 51 (or หมวด 4, or the name of a schedule); `part` like วรรคสอง, (4), ชื่อส่วน."""

    unit: str
    part: str = ""


def read_targets(order: str) -> list[Target]:
    """The targets of an order, in its order; `order` begins behind ให้ยกเลิกความใน and the like."""
    law = LAW.search(order)
    stop = _STOP.search(order)
    end = min([len(order), *([law.start()] if law else []), *([stop.start()] if stop else [])])
    found: list[Target] = []
    waiting: list[str] = []
    unit = ""
    at = 0
    for token in _TOKEN.finditer(order[:end]):
        between, at = order[at : token.start()], token.end()
        kind = token.lastgroup or ""
        if token.group("unit"):
            unit = f"{token.group('word')} {spaced(token.group('number'))}"
            if waiting and not between.endswith("และ"):
                found += [Target(unit, part) for part in waiting]
                waiting, unit = [], ""
            else:
                found += _range(found, unit) if between.endswith("ถึง") else []
                found.append(Target(unit))
        elif token.group("paragraph") or token.group("item"):
            part = token.group("paragraph") or token.group("item")
            if unit and found:
                _narrow(found, unit, part, goes_on=not between)
            else:
                _wait(waiting, part, of=between.endswith("ของ"))
        else:
            found += _others(token, kind)
    return found or [Target("", part) for part in waiting]


def _range(found: list[Target], last: str) -> list[Target]:
    """What lies between มาตรา 20 and มาตรา 25, where an order names the first and the last."""
    word, _, end = last.partition(" ")
    first, _, begin = found[-1].unit.partition(" ") if found else ("", "", "")
    if first != word or not (begin.isdigit() and end.isdigit()) or int(end) - int(begin) > _LONGEST_RANGE:
        return []
    return [Target(f"{word} {number}") for number in range(int(begin) + 1, int(end))]


def spaced(number: str) -> str:
    """7ทวิ as 7 ทวิ."""
    return re.sub(r"(?<=\d)(?=[ก-ฮเ])", " ", number)


def _narrow(found: list[Target], unit: str, part: str, *, goes_on: bool) -> None:
    """มาตรา 19 วรรคหนึ่ง (2): parts that stand behind their section. `goes_on` where nothing stands between them."""
    last = found[-1]
    if not last.part:
        found[-1] = Target(unit, part)
    elif goes_on and not part.startswith("วรรค"):
        found[-1] = Target(unit, f"{last.part} {part}")
    else:
        found.append(Target(unit, part))


def _wait(waiting: list[str], part: str, *, of: bool) -> None:
    """(1) ของวรรคหนึ่ง ของมาตรา 5: parts that stand before their section, the smaller first."""
    if of and waiting and (part.startswith("วรรค") or not waiting[-1].startswith("วรรค")):
        waiting[:] = [f"{part} {inner}" for inner in waiting]
    else:
        waiting.append(part)


def _others(token: re.Match[str], kind: str) -> list[Target]:
    if token.group("terms"):
        terms = re.findall(r"[“\"]([^”\"]+)[”\"]", token.group("terms"))
        return [Target("", f"บทนิยาม {term}") for term in terms]
    if token.group("name"):
        word = token.group("named")
        number = token.group("named_number")
        short = "ส่วน" if word.startswith("ส่วน") else word
        return [
            Target(f"{'ส่วนที่' if short == 'ส่วน' else word} {spaced(number)}" if number else word, f"ชื่อ{short}")
        ]
    if token.group("schedule"):
        return [Target(token.group("schedule"))]
    return []
