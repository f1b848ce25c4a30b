"""Keyed digests, tried with many inputs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.digests import purpose_digest

KEY = b"key of this test"


@pytest.mark.req("TRU-2")
@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=20), max_size=4))
def test_a_digest_tells_apart_any_two_different_lists_of_parts(one: list[str], other: list[str]) -> None:
    same = purpose_digest(KEY, "sign-in", *one) == purpose_digest(KEY, "sign-in", *other)
    assert same == (one == other)


@pytest.mark.req("TRU-2")
@given(st.text(max_size=20))
def test_two_purposes_cannot_be_joined(pid: str) -> None:
    digests = {purpose_digest(KEY, purpose, pid) for purpose in ("initiative:1", "initiative:2", "vote")}
    assert len(digests) == 3
    assert purpose_digest(b"another key", "vote", pid) not in digests


@pytest.mark.parametrize(("key", "purpose"), [(b"", "vote"), (KEY, "")])
def test_a_digest_without_key_or_purpose_is_refused(key: bytes, purpose: str) -> None:
    with pytest.raises(ValueError, match="key and a purpose"):
        purpose_digest(key, purpose, "x")
