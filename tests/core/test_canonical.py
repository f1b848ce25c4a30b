"""Canonical JSON: one value, one text, as RFC 8785 says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.canonical import canonical_json

pytestmark = pytest.mark.req("TRU-2")

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_written_reads_back_and_is_written_the_same_again(value):
    written = canonical_json(value)
    assert json.loads(written) == value
    assert canonical_json(json.loads(written)) == written


def test_the_order_of_names_does_not_matter():
    assert canonical_json({"b": 1, "a": [True, None, "ก"]}) == '{"a":[true,null,"ก"],"b":1}'.encode()
    assert canonical_json({"a": 1, "b": 2}) == canonical_json({"b": 2, "a": 1})


def test_names_are_ordered_by_utf16_units_as_the_standard_shows():
    names = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical_json(names))) == order


def test_control_characters_are_written_as_the_standard_says():
    assert canonical_json('\x00\b\t\n\f\r\x1f"\\/\x7f') == b'"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\x7f"'


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), 2**53, {1: 2}, {"a": {2}}, b"bytes", "\ud800", object()]
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError, match="."):
        canonical_json(value)
