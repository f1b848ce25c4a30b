"""Hide what tells who a person is: numbers, addresses, plates, accounts, names. Nothing else."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sala.engines.thai.personal import handles, homes, numbers, phones, plates
from sala.engines.thai.personal.callnames import find_called
from sala.engines.thai.personal.due_names import find_due
from sala.engines.thai.personal.foreign_names import find_foreign_names
from sala.engines.thai.personal.name_rows import whole_names
from sala.engines.thai.personal.names import find_names, piece_starts
from sala.engines.thai.personal.view import view_of

#: Raise it whenever other spans would be found in the same text.
MASKING_VERSION = "4"

#: Kind of personal data -> what a reader sees in its place.
LABELS: dict[str, str] = {
    "citizen_number": "[เลขประจำตัวประชาชน]",
    "passport": "[เลขหนังสือเดินทาง]",
    "patient_number": "[เลขผู้ป่วย]",
    "phone": "[หมายเลขโทรศัพท์]",
    "email": "[อีเมล]",
    "bank_account": "[เลขบัญชีธนาคาร]",
    "chat_id": "[ไอดีไลน์]",
    "social_account": "[ชื่อบัญชีออนไลน์]",
    "plate": "[ทะเบียนรถ]",
    "vehicle_number": "[เลขประจำรถ]",
    "house_number": "[เลขที่บ้าน]",
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


# Grandmother says that …, grandfather tells us …: what follows the kin word is what they do, whatever rule took its
# beginning for a name. One place for all rules, since each of them reads such a beginning in its own way.
_SAYS = re.compile(
    "(?:คุณ)?(?:ลุง|ป้า|น้า|อา|ปู่|ย่า|ตา|ยาย|พ่อ|แม่|พี่|น้อง|ครู|หมอ|เฮีย|เจ๊|ผู้ใหญ่|กำนัน)"
    "(?:บอก|เล่า|พูด|ถาม|คิด|เห็น|ตอบ|สั่ง|เตือน|บ่น|ขอ)(?:กัน)?(?:ว่า|ให้|ไว้|กับ|ต่อ|มา|ไป)"
)


def _names(text: str) -> Iterable[tuple[int, int]]:
    starts = piece_starts(text)
    found = [
        *find_names(text, starts),
        *find_called(text, starts),
        *find_due(text, starts),
        *find_foreign_names(text),
    ]
    found = [name for name in found if not _SAYS.match(text, name[0])]
    found = [*found, *whole_names(text, found)]
    return sorted(found, key=lambda name: name[0] - name[1])  # of two that overlap, the longer


# In order of trust: where two finds overlap, the earlier rule keeps its whole span.
_RULES: tuple[tuple[str, Callable[[str], Iterable[tuple[int, int]]]], ...] = (
    ("email", handles.find_emails),
    ("citizen_number", numbers.find_citizen_numbers),
    ("passport", numbers.find_passports),
    ("patient_number", numbers.find_patient_numbers),
    ("vehicle_number", numbers.find_vehicle_numbers),
    ("bank_account", numbers.find_accounts),
    ("phone", phones.find_phones),
    ("plate", plates.find_plates),
    ("chat_id", handles.find_chat_names),
    ("social_account", handles.find_social_accounts),
    ("house_number", homes.find_homes),
    ("name", _names),
)


def find_personal_data(text: str) -> tuple[Span, ...]:
    """Return the spans of personal data in `text`, in order, never overlapping.

    Invisible characters, which would otherwise split a number or a name, are looked through; digits of other
    scripts and full-width signs count as what they look like. The work grows with the length of the text.
    """
    view = view_of(text)
    kept: list[Span] = []
    taken = bytearray(len(view.text))
    for kind, rule in _RULES:
        for start, end in rule(view.text):
            if not any(taken[start:end]):
                kept.append(Span(*view.original(start, end), kind))
                taken[start:end] = b"\1" * (end - start)
    return tuple(sorted(kept))


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
