"""How much personal data is found, and how much else is hidden, on sentences written by hand for measuring."""

import re
from pathlib import Path

import pytest

from sala.engines import thai

MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
LINES = Path(__file__).with_name("masking_sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]


def marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its marks, and where the marked parts stand in it."""
    text, last, parts = "", 0, []
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        parts.append((len(text), len(text) + len(mark.group(2))))
        text += mark.group(2)
        last = mark.end()
    return text + line[last:], parts


@pytest.mark.req("CMP-P")
def test_most_personal_data_is_hidden_and_little_else() -> None:
    missed, wrong, marks, found = [], [], 0, 0
    for line in SENTENCES:
        text, parts = marked(line)
        spans = thai.mask(text).spans
        hidden = {place for start, end, _ in spans for place in range(start, end)}
        open_ones = [
            text[start:end]
            for start, end in parts
            if any(at not in hidden for at in range(start, end) if text[at] not in " \u200b")
        ]
        extra = [
            text[start:end] for start, end, _ in spans if not any(a < end and start < b for a, b in parts)
        ]
        missed, wrong = missed + open_ones, wrong + extra
        marks, found = marks + len(parts), found + len(spans)
    assert len(SENTENCES) >= 300
    assert 1 - len(missed) / marks >= 0.95, missed
    assert 1 - len(wrong) / found >= 0.99, wrong
