"""Cabinet resolutions read from the summary of a meeting: each subject, what was decided, who proposed it, its law.

A summary prints its agenda first and every subject again with its text; headings are ``1. เรื่อง …``. The sentence that
begins with คณะรัฐมนตรี tells the decision, ตามที่ … เสนอ the office that proposed it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sala.engines.legislation.letters import flatten, fold
from sala.engines.legislation.titles import instrument_of

#: What the cabinet decides, as the sentence says it; several in one sentence each count.
DECISIONS: Final = {
    "approved": "อนุมัติ",
    "agreed": "เห็นชอบ",
    "noted": "รับทราบ",
}
_SUBJECT: Final = re.compile(r"^[ ]*(?P<number>\d{1,3})[ ]*\.?[ ]*เรื่อง[ ]+(?P<title>\S.*)$", re.MULTILINE)
_SENTENCE: Final = re.compile(
    r"^[ ]*(?:ที่ประชุม)?คณะรัฐมนตรี(?:ได้)?(?:มีมติ|พิจารณา|อนุมัติ|เห็นชอบ|รับทราบ|ให้ความเห็นชอบ)[^\n]*", re.MULTILINE
)
_PROPOSED: Final = re.compile(r"ตามที่[ ]*(?P<office>[ก-๙][ก-๙ ]{2,90}?)[ ]*(?:\([^)\n]{1,20}\)[ ]*)?เสนอ")
_MONEY: Final = re.compile(
    r"(?:วงเงิน|งบประมาณ|งบกลาง|กรอบเงิน)[^\n]{0,120}?(?<![\d,.])"
    r"(?P<amount>\d[\d,]{0,20}(?:\.\d{1,9})?)[ ]*(?P<unit>ล้านล้าน|ล้าน|)[ ]*บาท"
)
_PROJECT: Final = re.compile(r"โครงการ[^\s\d(),“”\"]{3,120}")
_LAW: Final = re.compile(
    r"(?:พระราชบัญญัติประกอบรัฐธรรมนูญ|พระราชบัญญัติ|พระราชกำหนด|ประมวลกฎหมาย)"
    r"[^\n“”\"]{0,120}?พ\.ศ\.[ ]*[\d๐-๙]{4}|ประมวลรัษฎากร"
)
_DRAFT: Final = re.compile(r"\(?ร่าง\)?[ ]*")
_NO_LAW: Final = ("ประกาศเจตนา", "ประกาศความร่วมมือ", "มติ", "ข้อกำหนดและเงื่อนไข", "ข้อกำหนดขอบเขต")
_PRIME_MINISTER: Final = "กฎสำนักนายกรัฐมนตรี"
_LONGEST_TITLE: Final = 700
_LONGEST_LIST: Final = 1500
_OPENING: Final = 60  # letters in which the sentence says what was decided
_SUBSTANCE: Final = re.compile(r"^[ ]*(?:สาระส|ข้อเท็จจริง|ความเป็นมา|ทั้งนี้)", re.MULTILINE)
_SATANG: Final = {"": 100, "ล้าน": 100 * 10**6, "ล้านล้าน": 100 * 10**12}


@dataclass(frozen=True, slots=True)
class Resolution:
    """One subject of a meeting.

    `kind`: the instrument if the subject is a draft law, else empty. `decisions`: codes of `DECISIONS` in the order of
    the sentence. `satang`: sums that are named as money to be spent. `laws`: laws that the title or decision names.
    """

    number: int
    title: str
    kind: str
    decision: str
    decisions: tuple[str, ...]
    office: str
    satang: tuple[int, ...]
    project: str
    laws: tuple[str, ...]
    start: int
    end: int

    @property
    def is_draft_law(self) -> bool:
        """Whether the subject is the draft of a law or of a rule under it."""
        return bool(self.kind)


def read_resolutions(text: str) -> list[Resolution]:
    """The subjects of a meeting with their texts, in their order; the agenda in front only finds them.

    A subject that stands in the agenda alone is left out: nothing is told of what became of it.
    """
    flat = flatten(text)
    heads = list(_SUBJECT.finditer(flat))
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    found = []
    for head, end in zip(heads, ends, strict=True):
        sentence = _SENTENCE.search(flat, head.end(), end)
        if sentence is not None:
            found.append(_resolution(text, flat, head, sentence, end))
    return found


def list_subjects(agenda: str) -> list[str]:
    """The titles that an agenda lists, the first line of each."""
    flat = flatten(agenda)
    return [_title(agenda[one.start("title") : one.end("title")]) for one in _SUBJECT.finditer(flat)]


def _resolution(text: str, flat: str, head: re.Match[str], sentence: re.Match[str], end: int) -> Resolution:
    title = _title(text[head.start("title") : sentence.start()])
    decision = " ".join(text[sentence.start() : sentence.end()].split())
    told = flat[head.start() : sentence.end()]
    # What is decided may be a list below the sentence; behind it the summary tells of what the subject is about.
    behind = _SUBSTANCE.search(flat, sentence.end(), end)
    until = min(behind.start() if behind else end, sentence.end() + _LONGEST_LIST)
    proposed = _PROPOSED.search(flat, sentence.start(), until)
    project = _PROJECT.search(title)
    return Resolution(
        number=int(head["number"]),
        title=title,
        kind=draft_kind(title),
        decision=decision,
        decisions=_decisions(decision),
        office=text[proposed.start("office") : proposed.end("office")].strip() if proposed else "",
        satang=tuple(
            dict.fromkeys(sum_ for one in _MONEY.finditer(told) if (sum_ := _satang(one)) is not None)
        ),
        project=project[0] if project else "",
        laws=_laws(text[head.start("title") : sentence.end()]),
        start=head.start(),
        end=end,
    )


def draft_kind(title: str) -> str:
    """The instrument whose draft a title names ("ร่างกฎกระทรวง …" is กฎกระทรวง); empty for other subjects."""
    for found in _DRAFT.finditer(title):
        named = title[found.end() :]
        kind = _PRIME_MINISTER if named.startswith(_PRIME_MINISTER) else instrument_of(named)
        if kind and not title.startswith(_NO_LAW, found.end()):
            return kind
    return ""


def link_laws(resolution: Resolution, titles: Mapping[str, str]) -> list[str]:
    """The codes of those laws (code to title) that a resolution names, each once, in the order of the resolution.

    Blanks and the sort of digits do not count; a law without its year is none, for many share a name.
    """
    by_name = {fold(title): code for code, title in titles.items()}
    return list(dict.fromkeys(by_name[name] for name in map(fold, resolution.laws) if name in by_name))


def _title(lines: str) -> str:
    """A title as one line; of a text that goes on before the decision the first line alone."""
    whole = " ".join(lines.split())
    return whole if len(whole) <= _LONGEST_TITLE else " ".join(lines.split("\n", 1)[0].split())


def _decisions(sentence: str) -> tuple[str, ...]:
    """Which of the decisions the sentence tells before it names the office that proposed or the subject."""
    opening = sentence[:_OPENING]
    placed = ((opening.find(word), code) for code, word in DECISIONS.items())
    return tuple(code for place, code in sorted(placed) if place >= 0)


def _satang(found: re.Match[str]) -> int | None:
    """A sum in satang; None for one that is no whole number of them."""
    value = Decimal(found["amount"].replace(",", "")) * _SATANG[found["unit"]]
    return int(value) if value == value.to_integral_value() else None


def _laws(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(found[0].split()) for found in _LAW.finditer(text)))
