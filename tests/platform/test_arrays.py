"""Lists as PostgreSQL reads them: what goes in comes out, whatever characters it has."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sala.platform import arrays


def read(text: str, kind: str) -> list[object]:
    """What the database makes of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [text])
        (found,) = cursor.fetchone()
    return list(found)


@pytest.mark.req("LAW-3.1")
class Arrays(TestCase):
    """Every list is read as it was."""

    @given(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20) | st.none(),
            max_size=8,
        )
    )
    def test_texts(self, values: list[str | None]) -> None:
        assert read(arrays.texts(values), "text") == values

    @given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.none(), max_size=8))
    def test_numbers(self, values: list[int | None]) -> None:
        assert read(arrays.numbers(values), "bigint") == values

    @given(st.lists(st.binary(max_size=40), max_size=8))
    def test_bytes(self, values: list[bytes]) -> None:
        assert [bytes(value) for value in read(arrays.raw(values), "bytea")] == values
