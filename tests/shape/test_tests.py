"""Tests share by files that say what they make: no test module imports another, no factory hides in one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
MODULES = sorted(TESTS.rglob("*.py"))
_TEST = re.compile(r"(^|\.)test_\w+$")


def named(path: Path) -> str:
    return path.relative_to(TESTS).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Every module of ours that a file of tests imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_module_imports_a_test_module(path: Path) -> None:
    """Importing one brings its marks and fixtures along, and moving a test breaks others."""
    folders = {module.stem for module in MODULES if module.stem.startswith("test_")}
    found = [name for name in imported(path) if _TEST.search(name) and name.rsplit(".", 1)[-1] in folders]
    assert not found, "put what is shared into a file of its own, such as factories.py of the box it makes"
