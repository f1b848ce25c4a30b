"""Like comments in one group, letters of a campaign as one argument of many people. A person decides; this suggests.

Two numbers stand side by side, people and arguments, and neither is turned into a share of views: those who
commented chose themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sala.engines.thai.repeats import Index, letters_of

#: From which likeness two texts are the same letter with a few words of one's own, and speak of the same thing.
CAMPAIGN: Final = 0.8
ALIKE: Final = 0.45
#: Texts with fewer letters ("เห็นด้วย") are equal by chance; as a campaign count only longer ones.
LEAST_LETTER: Final = 40
_MOST: Final = 50
#: Signs of for and against. One of them more or less turns a letter round, and hardly changes how alike two texts are.
STANCE: Final = ("ไม่", "คัดค้าน", "สนับสนุน", "ขอให้ถอน", "not ", "n't ", "against", "oppose", "support")


class Disposition(StrEnum):
    """What the agency did with a group of comments."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as grouping sees it: its number, who spoke (any key that is the same for one person), the words."""

    number: int
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Argument:
    """Comments that are one text in all but a few words, by their numbers; the first one stands for all."""

    numbers: tuple[int, ...]
    people: int

    @property
    def is_campaign(self) -> bool:
        """Whether it is one letter of several people."""
        return self.people > 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A group suggested: its arguments, those of most people first, and how many people speak in it."""

    arguments: tuple[Argument, ...]
    people: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The comments in it, in order."""
        return tuple(sorted(number for argument in self.arguments for number in argument.numbers))


def suggest_groups(said: Sequence[Said]) -> list[Suggestion]:
    """Group comments so that each is in exactly one group; those of most people first, then by first number.

    A comment joins the first earlier one it is like, never one that only is like a like one: chains would join what
    has nothing in common. Texts that differ in their signs of for and against are never one argument, however alike:
    one too many is put right by whoever names the groups, one too few is never seen.
    """
    comments = sorted(said, key=lambda one: one.number)
    index = Index([one.text for one in comments])
    likenesses = [{match.row: match.score for match in row} for row in index.matches(most=_MOST, least=ALIKE)]
    letters = [letters_of(one.text) for one in comments]
    stances = [_stance(one.text) for one in comments]
    first_with: dict[str, int] = {}
    argument_of: list[int] = []
    for row, own in enumerate(letters):
        twin = first_with.setdefault(own, row) if own else row
        argument_of.append(
            twin
            if twin != row
            else _leader(
                row,
                argument_of,
                {
                    other: much
                    for other, much in likenesses[row].items()
                    if _is_letter(own) and stances[other] == stances[row]
                },
                CAMPAIGN,
            )
        )
    group_of: list[int] = []
    for row, argument in enumerate(argument_of):
        group_of.append(
            group_of[argument] if argument != row else _leader(row, group_of, likenesses[row], ALIKE)
        )
    groups: dict[int, dict[int, list[Said]]] = {}
    for row, one in enumerate(comments):
        groups.setdefault(group_of[row], {}).setdefault(argument_of[row], []).append(one)
    made = [_suggestion(list(arguments.values())) for arguments in groups.values()]
    return sorted(made, key=lambda group: (-group.people, group.numbers[0]))


def _stance(text: str) -> tuple[int, ...]:
    """How often each sign of for and against stands in a text."""
    small = text.lower()
    return tuple(small.count(sign) for sign in STANCE)


def _is_letter(letters: str) -> bool:
    return len(letters) >= LEAST_LETTER


def _leader(row: int, leaders: Sequence[int], likeness: dict[int, float], least: float) -> int:
    """The earliest row that leads itself and is like enough; the row itself if there is none."""
    like = (
        other for other, much in likeness.items() if other < row and leaders[other] == other and much >= least
    )
    return min(like, default=row)


def _suggestion(arguments: Iterable[list[Said]]) -> Suggestion:
    parts = [(Argument(tuple(one.number for one in part), _people(part)), part) for part in arguments]
    parts.sort(key=lambda part: (-part[0].people, part[0].numbers[0]))
    return Suggestion(tuple(one for one, _ in parts), _people(one for _, part in parts for one in part))


def _people(said: Iterable[Said]) -> int:
    return len({one.person for one in said})


def missing_from_disposition(disposition: Disposition | None, reason: str) -> str | None:
    """What a group's answer still lacks, `disposition` or `reason`; None if it is answered."""
    if disposition is None:
        return "disposition"
    return None if reason.strip() else "reason"
