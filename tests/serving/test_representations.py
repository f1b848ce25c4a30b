"""One public page for many readers: packed for those who unpack, in parts, and not again for those who have it."""

import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.serving.representations import Representation, range_of, takes_gzip

PAGE = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "public, max-age=10"),
    ("Vary", "Cookie"),
]
BODY = "ไฟทางดับทั้งซอย ".encode() * 100


def answer(told: Representation, **asked: str) -> tuple[str, dict[str, str], bytes]:
    status, headers, body = told.answer({f"HTTP_{name.upper()}": value for name, value in asked.items()})
    names = [name for name, _ in headers]
    assert len(names) == len(set(names)), "no header is said twice"
    return status, dict(headers), body


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("", False),
        ("gzip", True),
        ("br, zstd, gzip", True),
        ("GZIP;Q=0.5, br;q=1.0", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, identity", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *;q=1", False),
        ("br", False),
        ("gzip;q=nonsense", False),
        ("x-gzip", True),
        (",,;;", False),
    ],
)
def test_a_page_is_packed_only_for_those_who_take_it(accepted: str, is_packed: bool) -> None:
    assert takes_gzip(accepted) is is_packed
    status, headers, body = answer(Representation(PAGE, BODY), accept_encoding=accepted)
    assert status == "200 OK"
    assert ("Content-Encoding" in headers) is is_packed
    assert (gzip.decompress(body) if is_packed else body) == BODY
    assert int(headers["Content-Length"]) == len(body)
    assert headers["Vary"] == "Cookie, Accept-Encoding"


def test_it_is_packed_once_for_all_and_only_if_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    pack = gzip.compress
    monkeypatch.setattr("gzip.compress", lambda *a, **k: calls.append(1) or pack(*a, **k))
    told = Representation(PAGE, BODY)
    answer(told)
    assert calls == []
    assert answer(told, accept_encoding="gzip")[2] == answer(told, accept_encoding="gzip, br")[2]
    assert calls == [1]


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("image/jpeg", b"\xff" * 5000),
        ("font/woff2", b"a" * 5000),
        ("text/event-stream", b"data: a\n\n" * 500),
        ("text/html", b"short"),
        ("application/octet-stream", bytes(range(256)) * 2),
    ],
)
def test_what_does_not_shrink_or_must_not_wait_is_sent_as_it_is(media: str, body: bytes) -> None:
    _, headers, sent = answer(Representation([("Content-Type", media)], body), accept_encoding="gzip")
    assert "Content-Encoding" not in headers
    assert sent == body


def test_what_the_site_packed_itself_is_not_packed_again() -> None:
    packed = [("Content-Type", "text/css"), ("Content-Encoding", "gzip")]
    _, headers, sent = answer(Representation(packed, b"a" * 5000), accept_encoding="gzip")
    assert (headers["Content-Encoding"], sent) == ("gzip", b"a" * 5000)


def test_who_has_the_page_is_not_sent_it_again() -> None:
    told = Representation(PAGE, BODY)
    for accepted in ("", "gzip"):
        tag = answer(told, accept_encoding=accepted)[1]["ETag"]
        for tags in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            status, headers, body = answer(told, accept_encoding=accepted, if_none_match=tags)
            assert (status, body) == ("304 Not Modified", b"")
            assert headers["ETag"] == tag
            assert headers["Cache-Control"] == "public, max-age=10"
            assert {"Content-Length", "Content-Type", "Content-Encoding"}.isdisjoint(headers)
    assert answer(told, if_none_match='"other"')[0] == "200 OK"
    assert answer(Representation(PAGE, BODY + b"!"), if_none_match=told.tag)[0] == "200 OK"


def test_packed_and_plain_have_tags_of_their_own_and_a_tag_of_the_site_stays() -> None:
    told = Representation([*PAGE, ("ETag", '"of the site"')], BODY)
    plain, packed = answer(told)[1]["ETag"], answer(told, accept_encoding="gzip")[1]["ETag"]
    assert plain == '"of the site"'
    assert packed != plain


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-3", "206", slice(0, 4), "bytes 0-3/{n}"),
        ("bytes=10-", "206", slice(10, None), "bytes 10-{last}/{n}"),
        ("bytes=-5", "206", slice(-5, None), None),
        ("bytes=-99999999", "206", slice(0, None), "bytes 0-{last}/{n}"),
        ("bytes=5-99999999", "206", slice(5, None), "bytes 5-{last}/{n}"),
        ("bytes=99999999-", "416", slice(0, 0), "bytes */{n}"),
        ("bytes=-0", "416", slice(0, 0), "bytes */{n}"),
        ("bytes=5-2", "200", slice(0, None), None),
        ("bytes=0-1,3-4", "200", slice(0, None), None),
        ("pages=1-2", "200", slice(0, None), None),
        ("bytes=²-3", "200", slice(0, None), None),
        (f"bytes={'9' * 5000}-", "200", slice(0, None), None),
    ],
)
def test_a_part_is_what_was_asked_for(asked: str, status: str, part: slice, told: str | None) -> None:
    line, headers, body = answer(Representation(PAGE, BODY), range=asked, accept_encoding="gzip")
    assert line.startswith(status)
    assert body == BODY[part]
    assert "Content-Encoding" not in headers
    assert int(headers["Content-Length"]) == len(body)
    if told:
        assert headers["Content-Range"] == told.format(n=len(BODY), last=len(BODY) - 1)


def test_a_part_of_something_that_has_changed_since_is_the_whole_instead() -> None:
    told = Representation(PAGE, BODY)
    assert answer(told, range="bytes=0-3", if_range=told.tag)[0].startswith("206")
    for stale in ('"older"', told.packed_tag, "Thu, 19 Nov 2026 11:22:00 GMT"):
        assert answer(told, range="bytes=0-3", if_range=stale)[0] == "200 OK"


@given(st.binary(min_size=1, max_size=3000), st.lists(st.integers(1, 400), max_size=20))
def test_parts_put_together_are_the_whole(body: bytes, sizes: list[int]) -> None:
    told = Representation(PAGE, body)
    got, at = b"", 0
    for size in [*sizes, 3000]:
        if at < len(body):
            got += told.answer({"HTTP_RANGE": f"bytes={at}-{at + size - 1}"})[2]
            at = len(got)
    assert got == body


@given(st.text(max_size=60))
def test_no_words_for_a_range_or_a_coding_break_anything(words: str) -> None:
    range_of(words)
    takes_gzip(words)
    asked: dict[str, Any] = {"HTTP_RANGE": words, "HTTP_IF_NONE_MATCH": words, "HTTP_ACCEPT_ENCODING": words}
    assert Representation(PAGE, BODY).answer(asked)[0][:3] in {"200", "206", "304", "416"}
