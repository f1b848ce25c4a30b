"""Keys are compared whatever they hold."""

from hypothesis import given
from hypothesis import strategies as st

from sala.core.keys import same_key

keys = st.text(st.characters(), max_size=20) | st.binary(max_size=20)


@given(keys, keys)
def test_two_keys_are_the_same_exactly_if_they_are_equal_and_not_empty(
    given_key: str | bytes, true: str | bytes
) -> None:
    def bytes_of(key: str | bytes) -> bytes:
        return key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key

    assert same_key(given_key, true) == (bytes_of(given_key) == bytes_of(true) != b"")
    assert same_key(true, true) == bool(true)


def test_a_key_that_is_not_set_opens_nothing() -> None:
    assert not same_key("", "")
    assert not same_key(b"", "")


def test_thai_and_broken_text_is_no_key_and_no_error() -> None:
    assert not same_key("กุญแจ", "key")
    assert not same_key("\ud800", "?")
    assert not same_key("\ud800", "\ufffd")
