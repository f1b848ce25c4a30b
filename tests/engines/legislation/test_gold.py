"""Real laws against what a person wrote down of them, and every real text that we have."""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from sala.engines.legislation import Law, read_law, to_document
from sala.engines.legislation.letters import one_line
from sala.engines.legislation.measuring import Agreement, agree, measure
from sala.engines.legislation.paragraphs import split
from sala.engines.legislation.styles import Shape, Style
from sala.engines.legislation.writing import provision_text, to_text

pytestmark = pytest.mark.req("LAW-P")

LEAST = {"units": 0.99, "starts": 0.99, "headings": 0.97, "paragraphs": 0.95, "items": 0.95} | {
    "amendments": 0.95,
    "quoted sections": 0.95,
}
TEXTS = (
    *("architects-act-2543-before.txt", "architects-act-no2-2566.txt", "budget-procedures-act-2561.txt"),
    *("civil-commercial-code-after-no23.txt.gz", "civil-commercial-code-amendment-no23-2565.txt"),
    *("civil-commercial-code-before-no23.txt.gz", "constitution-2560.txt.gz", "criminal-code-2499.txt.gz"),
    *("constitutional-court-allowance-rule-2566.txt", "customs-cooperation-council-act-2541.txt"),
    *(
        "house-dissolution-decree-2566.txt",
        "liquor-production-regulation-2565.txt",
        "local-initiative-act-2565.txt",
    ),
    *(
        "mineral-licences-regulation-no2-2566.txt",
        "municipality-act-2496.txt",
        "public-procurement-act-2560.txt",
    ),
    *("official-information-act-2540-lines.txt", "official-information-act-2540-wrapped.txt"),
    *("revolutionary-announcement-37-2515.txt", "torture-prevention-act-2565-consolidated.txt"),
    *("torture-prevention-act-2565-gazette.txt", "torture-prevention-decree-2566.txt"),
)
# the highest number of its own provisions, and how many there are: read from the texts by a person
LAST = {
    "architects-act-2543-before.txt": ("80", 80),
    "budget-procedures-act-2561.txt": ("61", 61),
    "constitution-2560.txt.gz": ("279", 279),
    "constitutional-court-allowance-rule-2566.txt": ("5", 5),
    "criminal-code-2499.txt.gz": ("398", 444),
    "customs-cooperation-council-act-2541.txt": ("6", 6),
    "house-dissolution-decree-2566.txt": ("5", 5),
    "liquor-production-regulation-2565.txt": ("26", 26),
    "local-initiative-act-2565.txt": ("19", 19),
    "public-procurement-act-2560.txt": ("132", 132),
    "revolutionary-announcement-37-2515.txt": ("3", 3),
    "torture-prevention-act-2565-consolidated.txt": ("43", 43),
    "torture-prevention-act-2565-gazette.txt": ("43", 43),
}


@cache
def read(path: Path) -> Law:
    raw = path.read_bytes()
    return read_law((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode())


def test_agreement_counts_what_is_missed_and_what_is_too_much() -> None:
    found = agree(["a", "b", "b"], ["b", "c"])
    assert (found.right, found.found, found.wanted, found.missed, found.extra) == (
        1,
        3,
        2,
        ("c",),
        ("a", "b"),
    )
    assert found.f1 == pytest.approx(0.4)
    assert agree([], []).f1 == 1.0


def test_the_gold_files_are_met_in_every_part(shared_data: Path) -> None:
    sums: dict[str, Agreement] = {}
    for path in sorted((shared_data / "thai-law-texts").glob("*.gold.json")):
        law = read(path.with_name(path.name.replace(".gold.json", ".txt")))
        for part, agreement in measure(to_document(law), json.loads(path.read_text())).items():
            sums[part] = sums.get(part, Agreement(0, 0, 0)) + agreement
    assert sums.keys() == LEAST.keys()
    assert {part: found.f1 for part, found in sums.items() if found.f1 < LEAST[part]} == {}


def test_titles_are_those_of_the_gold_files(shared_data: Path) -> None:
    for path in sorted((shared_data / "thai-law-texts").glob("*.gold.json")):
        gold = json.loads(path.read_text())
        law = read(path.with_name(path.name.replace(".gold.json", ".txt")))
        assert law.title == gold["title"]
        assert law.amends == gold.get("amends", "")


@pytest.mark.parametrize("name", TEXTS)
def test_every_real_text_is_read_and_what_is_not_clear_has_its_line(shared_data: Path, name: str) -> None:
    law = read(shared_data / "thai-law-texts" / name)
    lines = law.text.split("\n")
    numbers = [unit.number_arabic for unit in law.provisions()]
    assert len(numbers) == len(set(numbers))
    assert len({unit.eid for unit in law.units}) == len(law.units)
    assert all(gap.text[:20] in lines[gap.line - 1] for gap in law.not_understood)
    if name in LAST:
        assert (numbers[-1], len(numbers)) == LAST[name]


@pytest.mark.parametrize("name", TEXTS)
def test_a_real_law_that_is_written_out_is_read_again_as_the_same(shared_data: Path, name: str) -> None:
    law = read(shared_data / "thai-law-texts" / name)
    again = read_law(to_text(law))
    assert [(u.kind, u.number_arabic, u.heading) for u in again.units] == [
        (u.kind, u.number_arabic, u.heading) for u in law.units
    ]


def test_typed_sections_keep_their_paragraphs_and_points(shared_data: Path) -> None:
    """A section's words, one paragraph or point a line, give the same paragraphs and points again."""
    packed = (shared_data / "thai-law" / "sections.jsonl.gz").read_bytes()
    wrong, count = [], 0
    for line in gzip.decompress(packed).decode().splitlines():
        section = json.loads(line)
        told, wanted = [], []
        for paragraph in section["paragraphs"]:
            items = paragraph.get("items", [])
            told += [
                one_line(paragraph["text"]),
                *(f"({item['no']}) {one_line(item['text'])}" for item in items),
            ]
            wanted.append([item["no"] for item in items])
        found = [[item.label for item in one.items] for one in split("\n".join(told), Style(Shape.LINES))]
        count += 1
        if found != wanted:
            wrong.append((section["law"], section["section"], wanted, found))
    assert count == 334
    assert len(wrong) <= 0.05 * count
    assert provision_text(read_law("ก\nมาตรา 1  ข").units[0]) == "ข"
