"""Every refusal code that is raised anywhere has words for the person who meets it."""

import ast
from collections.abc import Iterator

from sala.web.catalogues import SOURCE
from sala.web.refusals import WORDS

REFUSALS = {"Invalid", "Refused", "NotFound", "Conflict", "TooMany"}


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


def test_every_refusal_has_words() -> None:
    silent = {code: path for code, path in codes().items() if code not in WORDS}
    assert not silent, "add words to sala/web/refusals.py"
