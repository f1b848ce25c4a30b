"""The one opener: plain or packed, a file or standard input, every Unicode encoding; the rest is named."""

import gzip
import io
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import files
from sala.engines.files.encodings import encoding_of, not_utf8

TEXT = "ชื่อ,จำนวน\nถนน,5\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
@pytest.mark.parametrize("is_packed", [False, True])
def test_unicode_is_read_in_every_form(tmp_path: Path, encoding: str, is_packed: bool) -> None:
    path = tmp_path / "x.csv"
    # a text without a mark is told by its first letters, which must be Latin, as those of tables mostly are
    text = TEXT if encoding.startswith("utf-8") or encoding in ("utf-16", "utf-32") else "name," + TEXT
    if encoding == "utf-32-be":
        text = "\ufeff" + text
    content = text.encode(encoding)
    path.write_bytes(gzip.compress(content) if is_packed else content)
    with files.open_text(str(path)) as lines:
        assert lines.read() == text.lstrip("\ufeff")
    assert files.read_text(path) == text.lstrip("\ufeff")
    with files.open_seekable(str(path)) as twice:
        first = twice.read()
        twice.seek(0)
        assert twice.read() == first
        assert first.removeprefix(b"\xef\xbb\xbf").decode() == text.lstrip("\ufeff")


def test_a_named_encoding_is_taken_at_its_word(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(TEXT.encode("tis-620"))
    with files.open_text(str(path), "tis-620") as lines:
        assert lines.read() == TEXT


@pytest.mark.parametrize(
    ("encoding", "word", "looks"),
    [
        ("tis-620", "ที่ทำการองค์การบริหารส่วนตำบล", "Thai in TIS-620"),
        ("latin-1", "Città di Forlì è così", "Latin-1"),
    ],
)
def test_eight_bit_text_is_named_with_its_line(tmp_path: Path, encoding: str, word: str, looks: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n" * 9 + word.encode(encoding) + b",5\n")
    with files.open_text(str(path)) as lines, pytest.raises(files.UnreadableError) as told:
        lines.read()
    assert "line 10: " in str(told.value)
    assert looks in str(told.value)
    assert "iconv" in str(told.value)


def test_marks_at_the_beginning_of_later_lines_go(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes("\ufeffone\n\ufefftwo\ufeff\n".encode())
    with files.open_text(str(path)) as lines:
        assert list(lines) == ["one\n", "two\ufeff\n"]


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_any_marked_text_comes_back(text: str, encoding: str) -> None:
    stream = files.to_utf8(io.BytesIO(text.encode(encoding)), "x")
    plain = text
    if encoding != "utf-8-sig":
        plain = plain.removeprefix("\ufeff").replace("\n\ufeff", "\n")
    assert stream.read().decode() == plain


@given(st.binary())
def test_any_bytes_are_read_or_named(content: bytes) -> None:
    with suppress(files.UnreadableError):
        files.to_utf8(io.BytesIO(content), "x", is_checked=True).read().decode()
    assert encoding_of(content)
    assert not_utf8(content)


def test_a_small_packed_file_cannot_unpack_to_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * 3_000_000))
    budget = files.Budget(free=1_000_000, times=100)
    with files.open_bytes(str(path), budget=budget) as stream, pytest.raises(files.UnreadableError) as told:  # noqa: PT012  # the writing inside the block is what is tried
        while stream.read(100_000):
            pass
    assert "unpacks to more than 100 times its size" in str(told.value)


def test_what_packs_well_within_reason_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    content = b"1,2,3\n" * 500_000
    path.write_bytes(gzip.compress(content))
    assert files.read_whole(path) == content
    with pytest.raises(files.UnreadableError, match="larger than 1 megabytes"):
        files.read_whole(path, budget=files.Budget(whole=1 << 20))


def test_a_damaged_packed_file_is_told_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(b"words" * 100)[:-9])
    with pytest.raises(files.UnreadableError, match="damaged"):
        files.read_whole(path)


def test_what_cannot_be_opened_is_told_by_name(tmp_path: Path) -> None:
    for name, reason in ((tmp_path / "none", "there is no such file"), (tmp_path, "this is a folder")):
        with pytest.raises(files.UnreadableError) as told:
            files.read_whole(name)
        assert str(told.value) == f"{name}: {reason}" or reason in str(told.value)


def test_standard_input_is_read_packed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"words", gzip.compress(b"words")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert files.read_whole("-") == b"words"


def test_what_has_been_read_is_told_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x" * 3_000_000)
    steps: list[int] = []
    with files.open_bytes(str(path), advance=steps.append) as stream:
        while stream.read(1 << 20):
            pass
    assert sum(steps) == 3_000_000
