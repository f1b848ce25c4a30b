"""How well a reading agrees with what a person wrote down (the gold files): precision, recall and F1 of each part."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sala.engines.legislation.letters import fold


@dataclass(frozen=True, slots=True)
class Agreement:
    """`right` of the things found are `wanted`; `missed` and `extra` are those that are not on both sides."""

    right: int
    found: int
    wanted: int
    missed: tuple[Hashable, ...] = ()
    extra: tuple[Hashable, ...] = ()

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            self.right + other.right,
            self.found + other.found,
            self.wanted + other.wanted,
            self.missed + other.missed,
            self.extra + other.extra,
        )


def agree(found: Iterable[Hashable], wanted: Iterable[Hashable]) -> Agreement:
    """Compare two collections in which the same thing may come more than once."""
    have, want = Counter(found), Counter(wanted)
    right = (have & want).total()
    return Agreement(
        right,
        have.total(),
        want.total(),
        tuple((want - have).elements()),
        tuple((have - want).elements()),
    )


def measure(read: Mapping[str, Any], gold: Mapping[str, Any]) -> dict[str, Agreement]:
    """Compare what `to_document` gives with a gold file, part by part. A part that the gold file lacks is left out."""
    parts = {
        "units": agree(_units(read), _units(gold)),
        "starts": agree(_starts(read), _starts(gold)),
        "headings": agree(_headings(read), _headings(gold)),
    }
    counted = [*gold.get("sections", []), *gold.get("quoted", [])]
    if counted:
        have = {one["section"]: one for one in [*read["sections"], *read["quoted"]]}
        parts["paragraphs"] = agree(
            *(
                list(_paragraphs(source))
                for source in (
                    [have.get(c["section"], {}) | {"section": c["section"]} for c in counted],
                    counted,
                )
            )
        )
        parts["items"] = agree(
            *(
                list(_items(source))
                for source in (
                    [have.get(c["section"], {}) | {"section": c["section"]} for c in counted],
                    counted,
                )
            )
        )
    if "amendments" in gold:
        parts["amendments"] = agree(_amendments(read), _amendments(gold))
        parts["quoted sections"] = agree(read["quoted_sections"], gold.get("quoted_sections", []))
    return parts


def _units(source: Mapping[str, Any]) -> list[Hashable]:
    return [(one["kind"], one["number_arabic"]) for one in source["units"]]


def _starts(source: Mapping[str, Any]) -> list[Hashable]:
    return [(one["kind"], one["number_arabic"], one["start"]) for one in source["units"]]


def _headings(source: Mapping[str, Any]) -> list[Hashable]:
    return [
        (one["kind"], one["number_arabic"], fold(one["heading"])) for one in source["units"] if one["heading"]
    ]


def _paragraphs(sections: Iterable[Mapping[str, Any]]) -> Iterator[Hashable]:
    """Each paragraph as (section, which); one too many or too few costs one."""
    for one in sections:
        yield from ((one["section"], "paragraph", number) for number in range(one.get("paragraphs", 0)))


def _items(sections: Iterable[Mapping[str, Any]]) -> Iterator[Hashable]:
    for one in sections:
        yield from ((one["section"], "item", label) for label in one.get("items", []))
        for inner in one.get("subitems", []):
            yield from ((one["section"], "subitem", inner["item"], label) for label in inner["labels"])


def _amendments(source: Mapping[str, Any]) -> list[Hashable]:
    return [
        tuple(fold(one.get(key, "")) for key in ("by", "target", "part", "action", "new_number"))
        for one in source["amendments"]
    ]
