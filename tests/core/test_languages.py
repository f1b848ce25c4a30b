"""Which language a reader prefers: as RFC 9110 says, Thai where nothing else is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.languages import LANGUAGES, preferred


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("", "th"),
        ("en", "en"),
        ("en-GB,en;q=0.9,th;q=0.8", "en"),
        ("th-TH,th;q=0.9,en;q=0.8", "th"),
        ("fr, EN;q=0.5", "en"),
        ("en;q=0.2, th;q=0.7", "th"),
        ("en;q=0", "th"),
        ("fr", "th"),
        ("*", "th"),
        ("en;q=0.5, *;q=0.6", "th"),
        ("en;q=2", "th"),
        (f"en,{'x' * 600}", "th"),
    ],
)
def test_the_most_wanted_of_ours_is_spoken(accepted: str, told: str) -> None:
    assert preferred(accepted, LANGUAGES) == told


@given(st.text(max_size=600))
def test_whatever_is_sent_one_of_ours_is_spoken(accepted: str) -> None:
    assert preferred(accepted, LANGUAGES) in LANGUAGES


@given(st.permutations(["en;q=0.5", "th;q=0.4", "fr", "de;q=0.9"]))
def test_the_order_of_the_header_does_not_decide_between_unequal_wishes(parts: list[str]) -> None:
    assert preferred(", ".join(parts), LANGUAGES) == "en"
