"""Labels of lists: which (๑) and (ก) begin a point, and which only name one."""

import re
from typing import Final

#: The order in which Thai lists are lettered (ฃ and ฅ are passed over).
LETTERS: Final = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
LABEL: Final = re.compile(r"[ \-“\"]*\( ?(?P<label>\d+(?: ?/ ?\d+)?|[ก-ฮ]) ?\) *")
_NAMED: Final = re.compile(
    r"(?:(?<!ก็)ตาม|ใน|ของ|และ|หรือ|แห่ง|กับ|ถึง|จาก|เว้นแต่|ยกเว้น|นอกจาก|วรรค[ก-๎]{1,8}"
    r"|มาตรา ?[\d/]+|ข้อ ?[\d/]+|\([\dก-ฮ/]+\)|อนุมาตรา|(?<![ก-๎])[ก-ฮ]\.|,)$"
)
# "ตาม", and "(๑) หรือ": a label that follows is named, though it stands at the start of a line
_JOINS: Final = re.compile(r"(?:(?<!ก็)ตาม|\) ?(?:และ|หรือ|,))$")
_ONLY_NAMED: Final = re.compile(r"(?:และ|หรือ|ถึง|แล้วแต่|ของ(?:มาตรา|ข้อ|วรรค)|แห่ง|\( ?\d+ ?\)|ข้างต้น|$)")
_LARGEST_GAP: Final = 4
_ANY_GAP: Final = 1000


def order(label: str) -> tuple[int, ...]:
    """What labels are ordered by: (3,) for 3, (3, 1) for 3/1, the place in the alphabet for ค."""
    if label in LETTERS:
        return (LETTERS.index(label) + 1,)
    return tuple(int(part) for part in label.replace(" ", "").split("/"))


def is_letter(label: str) -> bool:
    """Whether a label is a Thai letter."""
    return label in LETTERS


def may_follow(label: str, before: str | None, *, largest_gap: int = _LARGEST_GAP) -> bool:
    """Whether a label goes on with a list whose last label was `before` (None: there is no list), or begins one."""
    now = order(label)
    if before is None or is_letter(label) != is_letter(before):
        return True
    was = order(before)
    return now == (1,) or was < now <= (was[0] + largest_gap,)


def is_point(
    before: str, label: str, after: str, last: str | None, *, starts_line: bool, starts_block: bool
) -> bool:
    """Whether a label begins a point: by what stands before and after it and by the last label of its sort.

    `starts_line` tells that it stands at the start of a line, `starts_block` that such a line is a paragraph or a point
    and not a piece of a broken sentence.
    """
    told = before.rstrip()
    if starts_block and may_follow(label, last, largest_gap=_ANY_GAP):
        return True
    if starts_line and last is not None and _is_next(label, last) and not _JOINS.search(told):
        return True  # whatever stands before it: "… ตามมาตรา ๑๖", then (๒) on a line of its own
    if _NAMED.search(told) or _ONLY_NAMED.match(after.lstrip()[:20]):
        return False
    return may_follow(label, last)


def _is_next(label: str, last: str) -> bool:
    return is_letter(label) == is_letter(last) and order(label)[0] - order(last)[0] == 1
