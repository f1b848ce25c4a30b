"""Every public string has Thai and English, and none stands outside the catalogues."""

import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from sala.platform import catalogues

BOXES = {box.relative_to(catalogues.SOURCE).as_posix(): box for box in catalogues.boxes()}


def known() -> dict[catalogues.Words, dict[Path, str]]:
    """For everything that is said: which catalogue says it how in Thai."""
    said: dict[catalogues.Words, dict[Path, str]] = defaultdict(dict)
    for path in catalogues.catalogues():
        for words, thai in catalogues.thai_of(catalogues.read_catalogue(path)).items():
            said[words][path] = thai
    return said


@pytest.mark.parametrize("box", BOXES)
def test_every_public_string_has_thai(box: str) -> None:
    said = known()
    missing = [
        words.english for words in sorted(catalogues.words_of(BOXES[box])) if not any(said[words].values())
    ]
    assert not missing, "run tools/messages and fill in the Thai for:\n" + "\n".join(missing)


def test_the_same_words_have_the_same_thai_everywhere() -> None:
    torn = {
        words.english: sorted(set(by_path.values()))
        for words, by_path in known().items()
        if len({thai for thai in by_path.values() if thai}) > 1
    }
    assert not torn, "Django joins the catalogues, so these would say one or the other by chance"


def test_thai_keeps_every_placeholder() -> None:
    holder = re.compile(r"%\(\w+\)[sd]|%%\{\w+\}|\{\w+\}")
    broken = [
        f"{words.english!r} -> {thai!r}"
        for words, by_path in known().items()
        for thai in by_path.values()
        if thai and set(holder.findall(thai)) - set(holder.findall(words.english + words.plural))
    ]
    assert not broken


# What a person reads in Thai: one word for one thing. The right word of the house is named beside the wrong one.
NOT_OURS = {"เปิดเรื่องใหม่": "เปิดเรื่องอีกครั้ง", "เรื่องที่เปิดใหม่": "เรื่องที่เปิดอีกครั้ง"}


def test_one_thing_has_one_name_in_everything_that_is_read() -> None:
    readable = [*catalogues.catalogues(), *catalogues.SOURCE.rglob("data/*.csv"), *templates()]
    wrong = [
        f"{path.name}: say {right}"
        for path in readable
        for word, right in NOT_OURS.items()
        if word in path.read_text(encoding="utf-8")
    ]
    assert readable
    assert not wrong


class Said(HTMLParser):
    """Collects what a person would read in a template that had its tags and values taken out."""

    READ = frozenset({"alt", "title", "placeholder", "aria-label", "content"})
    SILENT = frozenset({"code", "kbd", "script", "style"})

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        if tag != "meta":
            self.found += [value for name, value in attrs if name in self.READ and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            del self.inside[len(self.inside) - 1 - self.inside[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.SILENT & set(self.inside):
            self.found.append(data)


# Names of languages are written in their own language; a reference is a number.
OWN_NAMES = {"English", "ไทย", "Atom", "Open311", "Akoma Ntoso"}
_WORD = re.compile(r"[a-zก-๙]{2,}")  # capitals alone are the name of a format


def loose_words(source: str) -> list[str]:
    """Words of a template that no catalogue knows."""
    kept, skipping = [], ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type == TokenType.BLOCK else ""
        if name in {"blocktranslate", "comment"} or token.contents == "block width":  # a class, no words
            skipping = f"end{name}"
        elif name and name == skipping:
            skipping = ""
        elif token.token_type == TokenType.TEXT and not skipping:
            kept.append(token.contents)
    reader = Said()
    reader.feed("\n".join(kept))
    said = [line.strip() for text in reader.found for line in text.splitlines()]
    return [text for text in said if _WORD.search(text) and text not in OWN_NAMES]


def templates() -> list[Path]:
    """Every HTML template of the platform."""
    return sorted(path for path in catalogues.SOURCE.rglob("*.html") if "templates" in path.parts)


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.relative_to(catalogues.SOURCE).as_posix())
def test_no_words_stand_outside_the_catalogues(path: Path) -> None:
    assert loose_words(path.read_text(encoding="utf-8")) == []


def test_loose_words_are_found() -> None:
    assert loose_words('<p title="A title">{{ x }} Hello {% translate "known" %}</p>') == ["A title", "Hello"]
    assert loose_words("{% blocktranslate %}Up to {{ x }}{% endblocktranslate %}<b>–</b>") == []
