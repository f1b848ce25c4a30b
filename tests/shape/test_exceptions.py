"""What the checks are told to overlook: each with a reason, and none where nothing may be overlooked."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sala.platform.catalogues import SOURCE

ROOT = SOURCE.parents[1]
WRITTEN = sorted(
    path
    for top in ("src", "tests", "tools")
    for path in (ROOT / top).rglob("*.py")
    if "migrations" not in path.parts
)
_LEAVE = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)?|type:\s*ignore(?:\[[a-z, -]+\])?)"
)
_BLIND = re.compile(r"#\s*(?:noqa(?!:)|type:\s*ignore(?!\[))")


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line and words of every comment."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def unexplained(path: Path) -> list[int]:
    """Lines that leave something out of a check and say not why, or leave out everything."""
    found = []
    for line, words in comments(path):
        left = _LEAVE.search(words)
        if left and (_BLIND.search(words) or len(words[left.end() :].strip(" #")) < 8):
            found.append(line)
    return found


def test_every_exception_to_a_check_has_a_reason() -> None:
    silent = {p.relative_to(ROOT).as_posix(): lines for p in WRITTEN if (lines := unexplained(p))}
    assert not silent, "write the reason behind it: `# noqa: X123  # why`"


# ── imports inside functions ─────────────────────────────────────────────────

# Commands load what they need when they are called, so that `sala --help` stays quick and engines need no site.
AT_THE_DOOR = ("cli/",)
ELSEWHERE = {
    "site/apps.py": "the framework must be ready first",
    "platform/database.py": "the embedded database is wanted by those who have none of their own",
    "engines/sheets/workbooks.py": "the reader of workbooks is large, and hardly any process reads one",
    "site/pytest_plugin.py": "the settings must be there first",
}


def lazy_imports(path: Path) -> list[int]:
    """Lines of imports that stand inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    return [n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]


def test_imports_stand_at_the_top_except_at_the_command_line() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): lines
        for path in SOURCE.rglob("*.py")
        if (lines := lazy_imports(path))
    }
    hidden = {name: lines for name, lines in found.items() if not name.startswith(AT_THE_DOOR)}
    assert set(hidden) <= set(ELSEWHERE), hidden
    assert set(ELSEWHERE) <= set(hidden), "these exceptions are needed no more"


# ── types ────────────────────────────────────────────────────────────────────

# What `mypy --strict` asks for, one by one: sections of modules cannot say "strict".
STRICT = (
    "disallow_untyped_defs",
    "disallow_incomplete_defs",
    "disallow_untyped_calls",
    "disallow_untyped_decorators",
    "disallow_any_generics",
    "disallow_subclassing_any",
    "no_implicit_optional",
    "strict_equality",
    "extra_checks",
    "warn_return_any",
    "warn_unused_ignores",
)
ROOMS = ("rules", "actions", "queries")


def strict_patterns() -> list[str]:
    """Names of modules that the type checker holds to the strict rules."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["overrides"]
    return [name for part in told if all(part.get(rule) for rule in STRICT) for name in part["module"]]


def is_strict(module: str) -> bool:
    """Whether a module is among them; a * stands for any part of a name."""
    shapes = [re.escape(pattern).replace(r"\*", r".+") for pattern in strict_patterns()]
    return any(re.fullmatch(shape, module) or re.fullmatch(shape, f"{module}.") for shape in shapes)


def strict_modules() -> list[str]:
    """Every module of core, engines, rules, actions and queries."""
    names = [".".join(("sala", *p.relative_to(SOURCE).with_suffix("").parts)) for p in SOURCE.rglob("*.py")]
    plain = [name.removesuffix(".__init__") for name in names]
    return [
        n
        for n in plain
        if n.startswith(("sala.core.", "sala.engines.")) or set(ROOMS) & set(n.split(".")[3:])
    ]


def test_the_strict_rooms_are_really_strict() -> None:
    assert not [name for name in strict_modules() if not is_strict(name)]
    assert not is_strict("sala.site.views")


def untyped(path: Path) -> Iterator[str]:
    """Functions with an argument or a result that has no type."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            named = [
                a
                for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                if a.arg not in {"self", "cls"}
            ]
            more = [a for a in (node.args.vararg, node.args.kwarg) if a]
            if node.returns is None or any(a.annotation is None for a in (*named, *more)):
                yield f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"


def test_every_function_of_the_platform_is_typed() -> None:
    assert not [name for p in SOURCE.rglob("*.py") if "migrations" not in p.parts for name in untyped(p)]


# ── what may be left out ─────────────────────────────────────────────────────


# What the import contracts pass over is held by test_rooms.py: own rooms, and a list that only shrinks.


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_put_off_in_a_comment(word: str) -> None:
    found = [
        f"{p.name}:{line}" for p in WRITTEN for line, words in comments(p) if re.search(rf"\b{word}\b", words)
    ]
    assert not found
