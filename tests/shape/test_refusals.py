"""Every refusal code that is raised anywhere has words for the person who meets it."""

import ast
import re
from collections.abc import Iterator

from django.utils.translation import override

from sala.platform.catalogues import SOURCE
from sala.site.refusals import every_word

WORDS = every_word()
REFUSALS = {"Invalid", "NoRoom", "Refused", "NotFound", "Conflict", "TooMany"}


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value)


def codes() -> dict[str, str]:
    """Every code written out in a refusal, with the file that raises it."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in REFUSALS:
                fields = [keyword.value for keyword in call.keywords if keyword.arg == "fields"]
                for part in [*call.args[:2], *fields]:
                    found |= {code: path.relative_to(SOURCE).as_posix() for code in _texts(part)}
    return found


# Codes that are put together where they are raised, so that no text of them stands in the source.
MADE = frozenset({"wrong_method", "not_acceptable", "broken"})
_THAI = re.compile("[ก-๙]")


def test_every_refusal_is_said_in_thai_and_in_english() -> None:
    with override("th"):
        assert not [code for code, words in WORDS.items() if not _THAI.search(str(words))]
    with override("en"):
        assert not [code for code, words in WORDS.items() if _THAI.search(str(words)) or not str(words)]


def texts_of_source() -> set[str]:
    """Every text that is written out anywhere but as the name of a refusal's words."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            id(key)
            for node in ast.walk(tree)
            if isinstance(node, ast.Dict)
            for key in node.keys
            if key is not None
        }
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in named
        }
    return found


def test_no_words_are_kept_for_what_nobody_refuses() -> None:
    assert not set(WORDS) - texts_of_source() - MADE


def test_every_refusal_has_words() -> None:
    silent = {code: path for code, path in codes().items() if code not in WORDS}
    assert not silent, "add words to the REFUSALS of the box that refuses, or to site/refusals.py"
