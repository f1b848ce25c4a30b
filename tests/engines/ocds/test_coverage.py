"""Filled fields are counted as Cardinal counts them, bad bytes included."""

import json
from pathlib import Path

import pytest

from sala.engines import ocds

pytestmark = pytest.mark.req("PRC-2.3", "PRC-3.3")


def counts(text: bytes) -> dict[str, int]:
    return ocds.count_coverage(text.splitlines(keepends=True)).counts


@pytest.mark.data
def test_every_published_case_is_met(shared_data: Path) -> None:
    cases = sorted((shared_data / "ocds" / "red-flag-indicators" / "coverage").glob("*.jsonl"))
    assert cases
    for path in cases:
        with path.open("rb") as lines:
            assert ocds.count_coverage(lines).counts == json.loads(
                path.with_suffix(".expected").read_bytes()
            ), path.name


def test_objects_lists_and_values_are_counted_at_their_paths() -> None:
    assert counts(b'{"a": [{"b": 1}, {"b": null}]}\n') == {
        "": 1,
        "/": 1,
        "/a": 1,
        "/a[]": 1,
        "/a[]/": 1,
        "/a[]/b": 1,
    }


@pytest.mark.parametrize("line", [b'{"a": {}}', b'{"a": [[], null, ""]}', b"null", b'""', b" \t"])
def test_what_holds_nothing_is_not_filled(line: bytes) -> None:
    assert counts(line) == {}


def test_lines_that_are_not_json_are_named_and_count_as_nothing() -> None:
    result = ocds.count_coverage([b'{"a": 1}\n', b"\n", b'{"a": \xff}\n', b"{\n", b'{"a": 2}'])
    assert result.counts["/a"] == 2
    assert (result.lines, result.bad_lines) == (4, [3, 4])


def test_values_already_read_are_counted_the_same() -> None:
    counting = ocds.CoverageCount()
    counting.add({"a": [0]})
    assert counting.counts() == counts(b'{"a": [0]}')


def test_numbers_too_large_to_hold_are_numbers_all_the_same() -> None:
    assert counts(b'{"a": 1e999}') == {"": 1, "/": 1, "/a": 1}
    assert counts(b'{"a": 1e999, "b": NaN}') == {}


@pytest.mark.parametrize(("depth", "is_read"), [(127, True), (128, False)])
def test_what_is_nested_too_deeply_is_not_read(depth: int, is_read: bool) -> None:
    assert bool(counts(b"[" * depth + b"1" + b"]" * depth)) is is_read


def test_brackets_inside_text_are_no_nesting() -> None:
    assert counts(b'{"a": "' + b"[" * 200 + b'"}') == {"": 1, "/": 1, "/a": 1}
