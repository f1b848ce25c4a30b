"""The same releases are read from every layout, in pieces of any size, with the right lines and paths."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import ocds

pytestmark = pytest.mark.req("PRC-2.3", "PRC-3.3")


def release(number: int, **fields: Any) -> dict[str, Any]:
    return {"ocid": f"ocds-213czf-{number}", "id": str(number), "date": "2024-01-01T00:00:00Z", **fields}


RELEASES = [release(n, tender={"id": "t", "title": 'a "quoted" [{title}] ก', "items": []}) for n in range(6)]
META = {"uri": "https://example.org", "version": "1.1"}


def layouts() -> dict[str, str]:
    package = {**META, "releases": RELEASES}
    pretty = json.dumps(package, indent=2)
    return {
        "package": json.dumps(package),
        "package over many lines": pretty,
        "releases first": json.dumps({"releases": RELEASES, **META}, indent=1),
        "list": json.dumps(RELEASES),
        "list over many lines": json.dumps(RELEASES, indent=4, ensure_ascii=False),
        "lines": "\n".join(map(json.dumps, RELEASES)) + "\n",
        "lines with blanks": "\n\n".join(map(json.dumps, RELEASES)),
        "one after another": "".join(json.dumps(one, indent=1) for one in RELEASES),
        "one after another on one line": " ".join(map(json.dumps, RELEASES)),
        "packages one a line": "".join(json.dumps({**META, "releases": [one]}) + "\n" for one in RELEASES),
        "list of packages": json.dumps(
            [{**META, "releases": RELEASES[:4]}, {**META, "releases": RELEASES[4:]}]
        ),
        "with a byte order mark": "\ufeff" + pretty,
    }


def batches(text: str | bytes, chunk: int = 1 << 20) -> list[ocds.Batch]:
    return list(ocds.read(io.BytesIO(text.encode() if isinstance(text, str) else text), chunk))


def releases(text: str | bytes, chunk: int = 1 << 20) -> list[Any]:
    return [item for batch in batches(text, chunk) if batch.kind == "release" for item in batch.items]


@pytest.mark.parametrize("chunk", [1, 7, 64, 300, 1 << 20])
@pytest.mark.parametrize("layout", layouts())
def test_every_layout_gives_the_same_releases(layout: str, chunk: int) -> None:
    assert releases(layouts()[layout], chunk) == RELEASES


@pytest.mark.parametrize("chunk", [64, 1 << 20])
def test_a_package_tells_about_itself_after_its_contents(chunk: int) -> None:
    last = batches(layouts()["package over many lines"], chunk)[-1]
    assert (last.kind, last.items, last.where) == ("package", [META], "releases")


@pytest.mark.parametrize("chunk", [64, 300, 1 << 20])
@pytest.mark.parametrize("layout", [name for name in layouts() if "line" in name and "one line" not in name])
def test_lines_are_those_of_the_text(layout: str, chunk: int) -> None:
    text = layouts()[layout]
    lines = text.splitlines()
    for batch in batches(text, chunk):
        if batch.kind == "release":
            for number, item in enumerate(batch.items):
                assert f'"{item["ocid"]}"' in "".join(lines[batch.line_of(number) - 1 :][:2])


def test_the_line_of_a_value_deep_inside() -> None:
    text = json.dumps({**META, "releases": RELEASES}, indent=2)
    found = batches(text)[0]
    line = found.line_of(3, ("tender", "title"))
    assert "quoted" in text.splitlines()[line - 1]
    assert text.splitlines()[: line - 1].count('      "id": "3",') == 1


def test_paths_are_those_of_the_document() -> None:
    paths = [
        batch.path_of(number)
        for batch in batches(layouts()["package"], 64)
        if batch.kind == "release"
        for number, _ in enumerate(batch.items)
    ]
    assert paths == [f"releases/{number}" for number in range(6)]


def test_records_are_told_from_releases() -> None:
    record = {"ocid": "ocds-213czf-1", "releases": [RELEASES[1]], "compiledRelease": RELEASES[1]}
    for text in (json.dumps(record), json.dumps({**META, "records": [record]}), json.dumps([record])):
        assert [batch.kind for batch in batches(text)][0] == "record"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'{"ocid": "a"}\n{"ocid": }\n', 2),
        (b'[{"ocid": "a"},\n{"ocid": nope}]', 2),
        (b'[{"ocid": "a"}\n{"ocid": "b"}]', 2),
        (b'[{"ocid": "a"},\n]', 2),
        (b'{"releases": [\n{"ocid": "a"},\n{"ocid": "b" "x"}\n]}', 3),
        (b'{"ocid": "\xff"}', 1),
        (b'{"releases": [{"ocid": "a"}', 1),
        (b"\n\nhello", 3),
        (b"[1, 2]", 1),
        (b'["a"]', 1),
        (b"12", 1),
    ],
)
@pytest.mark.parametrize("chunk", [4, 1 << 20])
def test_bad_text_is_refused_with_its_line(text: bytes, line: int, chunk: int) -> None:
    with pytest.raises(ocds.ReadError) as refused:
        batches(text, chunk)
    assert refused.value.line == line


def test_an_empty_stream_holds_nothing() -> None:
    assert batches(b"") == [] == batches(b" \n\n")


def compiled(text: str, chunk: int) -> list[str]:
    store = ocds.MemoryStore()
    ocds.gather(ocds.read(io.BytesIO(text.encode()), chunk, is_lazy=True), store)
    return [json.dumps(one) for one in ocds.merge_all(store, lambda some: {"some": some})]


@pytest.mark.parametrize("chunk", [1, 64, 300, 900, 1 << 20])
@pytest.mark.parametrize("layout", layouts())
def test_reading_lazily_gives_the_same(layout: str, chunk: int) -> None:
    assert compiled(layouts()[layout], chunk) == [json.dumps({"some": [one]}) for one in RELEASES]


@pytest.mark.parametrize("chunk", [64, 300, 900, 1 << 20])
@pytest.mark.parametrize("indent", [None, 1])
def test_lists_of_other_things_with_an_ocid_do_not_confuse(chunk: int, indent: int | None) -> None:
    some = [{"ocid": f"ocds-213czf-{n}", "id": "1", "x": [{"ocid": "a"}, {"ocid": "b"}]} for n in range(5)]
    package = json.dumps(
        {"releases": some, "others": [{"ocid": "c"}, {"ocid": "d"}], "links": [{"a": 1}]}, indent=indent
    )
    later = json.dumps({"releases": [{"ocid": "ocds-213czf-9", "id": "1"}]}, indent=indent)
    expected = [json.dumps({"some": [one]}) for one in [*some, {"ocid": "ocds-213czf-9", "id": "1"}]]
    assert compiled(package + later, chunk) == expected


TEXTS = st.text(st.sampled_from('ab"\\{}[],: \nก'), max_size=8)
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-(2**63), 2**63), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["title", "x", "y"]), VALUES, max_size=3), max_size=4),
    st.sampled_from([None, 1]),
    st.sampled_from(["package", "list", "texts"]),
    st.integers(1, 80),
)
def test_any_content_survives_any_cutting(
    contents: list[dict[str, Any]], indent: int | None, layout: str, chunk: int
) -> None:
    some = [release(number, **content) for number, content in enumerate(contents)]
    text = {
        "package": lambda: json.dumps({**META, "releases": some, "license": "x"}, indent=indent),
        "list": lambda: json.dumps(some, indent=indent),
        "texts": lambda: "\n".join(json.dumps(one, indent=indent) for one in some),
    }[layout]()
    assert releases(text, chunk) == some
    assert compiled(text, chunk) == [json.dumps({"some": [one]}) for one in some]
