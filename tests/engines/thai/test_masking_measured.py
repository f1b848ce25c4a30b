"""How much personal data is found, and how much else is hidden, on sentences written by hand for measuring."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sala.engines import thai
from sala.engines.thai.personal.view import view_of

pytestmark = pytest.mark.req("TRU-2")

MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
#: The share of each kind that must be hidden whole (issue 9, line 13); kinds that are not named: .95.
AIMS = {"phone": 0.97, "citizen_number": 0.99, "email": 0.99, "plate": 0.99, "name": 0.92}
MOST_LOOKALIKES = 0.02


def sentences(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The sentence without its marks, and where the marked parts stand in it."""
    text, last, parts = "", 0, []
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        parts.append((len(text), len(text) + len(mark.group(2)), mark.group(1)))
        text += mark.group(2)
        last = mark.end()
    return text + line[last:], parts


def hidden_places(text: str) -> set[int]:
    return {place for start, end, _ in thai.mask(text).spans for place in range(start, end)}


@pytest.mark.parametrize("name", ["masking_sentences.txt", "masking_balanced.txt", "masking_mended.txt"])
def test_most_personal_data_of_every_kind_is_hidden_whole(name: str) -> None:
    marks: Counter[str] = Counter()
    missed: dict[str, list[str]] = {}
    for line in sentences(name):
        text, parts = marked(line)
        hidden = hidden_places(text)
        for start, end, kind in parts:
            marks[kind] += 1
            if any(place not in hidden for place in range(start, end) if text[place] not in " \u200b"):
                missed.setdefault(kind, []).append(text[start:end])
    assert len(sentences(name)) >= 400
    for kind, count in marks.items():
        least = AIMS.get(kind, 0.9)
        assert 1 - len(missed.get(kind, [])) / count >= least, (kind, missed[kind])


@pytest.mark.parametrize("name", ["masking_sentences.txt", "masking_balanced.txt", "masking_mended.txt"])
def test_next_to_nothing_else_is_hidden(name: str) -> None:
    bare = [line for line in sentences(name) if not MARK.search(line)]
    masked = [(line, thai.mask(line).text) for line in bare if thai.mask(line).spans]
    assert len(masked) <= MOST_LOOKALIKES * len(bare), masked
    extra, found = [], 0
    for line in sentences(name):
        text, parts = marked(line)
        spans = thai.mask(text).spans
        found += len(spans)
        extra += [
            text[start:end] for start, end, _ in spans if not any(a < end and start < b for a, b, _ in parts)
        ]
    assert 1 - len(extra) / found >= 0.97, extra


def test_names_never_seen_while_mending_are_found_as_often_as_told() -> None:
    """The page says .915 and .026 of look-alikes; the aims, .92 and .02, are not reached on this set."""
    lines = sentences("masking_held_out.txt")
    marks = missed = 0
    for line in lines:
        text, parts = marked(line)
        hidden = hidden_places(text)
        marks += len(parts)
        missed += sum(
            any(place not in hidden for place in range(start, end) if text[place] != " ")
            for start, end, _ in parts
        )
    bare = [line for line in lines if not MARK.search(line)]
    assert len(lines) >= 300
    assert 1 - missed / marks >= 0.91
    assert sum(bool(thai.mask(line).spans) for line in bare) <= 0.03 * len(bare)


def _shared_cases() -> list[dict[str, Any]]:
    for folder in Path(__file__).resolve().parents:
        if (path := folder / "shared" / "cases" / "masking.jsonl").is_file():
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pytest.skip("the shared cases are not beside this checkout")


def _readable(case: dict[str, Any]) -> list[str]:
    """What of a case can still be read and should not, or is hidden and should stay."""
    text = str(case["text"])
    masked = thai.mask(text)
    if not case.get("cover_all_digits_or_handle"):
        covers = [str(part) for part in case["cover"]]
        return [part for part in covers if part in masked.text] if covers else [text for _ in masked.spans]
    hidden = hidden_places(text)
    left = view_of("".join(sign for place, sign in enumerate(text) if place not in hidden)).text
    return re.findall("[0-9]+|somchai|jaidee", left)


@pytest.mark.data
def test_every_shared_case_is_masked_as_it_says() -> None:
    wrong = {str(case["text"]): left for case in _shared_cases() if (left := _readable(case))}
    assert wrong == {}
