"""What an instrument is called: from its heading lines, or from its first provision ("… นี้เรียกว่า …")."""

import re
from typing import Final

from sala.engines.legislation.kinds import INSTRUMENTS
from sala.engines.legislation.letters import arabic, one_line

_CALLED: Final = (
    re.compile(r"เรียกว่า\s*[“\"]?\s*(?P<name>[^”\"]{4,300}?(?:พ\.ศ\.|พุทธศักราช)\s*\d{4})"),
    re.compile(r"เรียกว่า\s*[“\"]?\s*(?P<name>[^”\"\n]+)"),
)
_YEAR: Final = re.compile(r"(?:พ\s*\.\s*ศ\s*\.|พุทธศักราช)\s*((?:\d ?){4})")
_STOP: Final = re.compile(
    r"ให้ไว้ *ณ|ภูมิพลอดุลยเดช|พระบาทสมเด็จ|สมเด็จพระ|อาศัยอ|โดยที่|มีพระบรม|[_\-–—]{4,}|ด้วย[ก-๎]|ใน *พระปรมาภิไธย"
)
_GAPS: Final = re.compile(r"\s+")


def title_of(text: str, flat: str, first: int, first_end: int) -> str:
    """The title of an instrument whose first provision spans `first` to `first_end`; offsets of both texts."""
    lines = [line.strip() for line in text[:first].strip().split("\n")]
    marked = one_line(lines[0].lstrip("# ")) if lines and lines[0].startswith("#") else ""
    if marked and instrument_of(marked):
        return _spaced(marked)
    for called in (found for pattern in _CALLED if (found := pattern.search(flat, first, first_end))):
        name = one_line(text[called.start("name") : called.end("name")])
        if instrument_of(name):
            return _spaced(name)
    return _spaced(_from_lines(lines[1:] if marked else lines)) or marked


def _from_lines(lines: list[str]) -> str:
    told: list[str] = []
    for line in lines:
        if _STOP.search(line) or (not line and told and _YEAR.search(arabic(told[-1]))):
            break
        if line:
            told.append(one_line(line))
        if len(told) == 1 and _YEAR.search(arabic(line)):
            break
        if len(told) > 8:
            break
    return _joined(told)


def _joined(lines: list[str]) -> str:
    """Kind, name and year as one title: the name follows its kind without a blank, the year after one."""
    title = ""
    for line in lines:
        close = not title or (
            title in INSTRUMENTS and not line.startswith(("พ.ศ", "(", "ว่าด้วย", "เรื่อง", "ฉบับ"))
        )
        title += line if close else f" {line}"
    return title


def _spaced(title: str) -> str:
    return re.sub(
        r"(?<=\S)(?=พ\.ศ\. ?[\d๐-๙]{4})", " ", re.sub(r"พ\.ศ\. ?(?=[\d๐-๙])", "พ.ศ. ", title)
    ).replace("  ", " ")


def instrument_of(title: str) -> str:
    """The kind of instrument that a title names (พระราชบัญญัติ …); empty if it names none."""
    bare = _GAPS.sub("", title).removeprefix("ร่าง")
    return next((word for word in INSTRUMENTS if bare.startswith(_GAPS.sub("", word))), "")


def year_of(title: str) -> str:
    """The Buddhist year of a title, the last one if it names two; empty if none."""
    years = _YEAR.findall(arabic(title))
    return years[-1].replace(" ", "") if years else ""


def name_without_stray_blanks(name: str) -> str:
    """A law's name without the blanks that a page text left in it: they belong before (ฉบับที่ …) and พ.ศ. alone."""
    bare = _GAPS.sub("", name)
    return re.sub(
        r"(?<=พ\.ศ\.)(?=[\d๐-๙])|(?<=\S)(?=พ\.ศ\.|\(ฉบับที่|พุทธศักราช)|(?<=ฉบับที่)|(?<=พุทธศักราช)", " ", bare
    )


def code_title(text: str) -> str:
    """The name of a code that stands alone on a line before its first provision; empty if there is none."""
    lines = re.findall(r"^[ #]*(ประมวล(?:กฎหมาย|รัษฎากร)[ก-๎]*)[ ]*$", text, re.MULTILINE)
    return lines[-1] if lines else ""
