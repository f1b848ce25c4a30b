"""The size of things: prints STYLE's table, and holds the two hard limits."""

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

from sala.platform.catalogues import SOURCE

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def functions(path: Path) -> list[tuple[int, str]]:
    """Lines and place of every function of a file."""
    return [
        (
            (node.end_lineno or node.lineno) - node.lineno + 1,
            f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}",
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _row(what: str, sizes: list[int], aim: str) -> str:
    high = quantiles(sizes, n=10)[-1] if len(sizes) > 1 else sizes[0]
    return f"{what:<10} {len(sizes):>6} {median(sizes):>7.0f} {high:>6.0f} {max(sizes):>6}   {aim}"


def test_functions_and_files_stay_small(capsys: pytest.CaptureFixture[str]) -> None:
    found = [entry for path in FILES for entry in functions(path)]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    with capsys.disabled():
        print(f"\n{'size':<10} {'count':>6} {'median':>7} {'p90':>6} {'max':>6}   aim (median / p90 / max)")
        print(_row("functions", [lines for lines, _ in found], "7 / 20 / 60"))
        print(_row("files", list(lengths.values()), "80 / 250 / 400"))
    assert not [entry for entry in found if entry[0] > LONGEST_FUNCTION], "split these functions"
    assert not [path for path, lines in lengths.items() if lines > LONGEST_FILE], "split these files by noun"
