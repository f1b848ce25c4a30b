"""Identity's decisions, tried with many inputs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.identity import rules

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Somchai@Example.CO.TH ", "somchai@example.co.th"),
        ("a@b.th", "a@b.th"),
        ("สมชาย@ไทย.ไทย", "สมชาย@ไทย.ไทย"),
        ("no at sign", None),
        ("a@b", None),
        ("a b@c.th", None),
        ("a@b..th", None),
        ("a@b.th\nBcc: x@y.th", None),
        ("a@b.th,c@d.th", None),
        ("x" * 65 + "@b.th", None),
    ],
)
def test_an_email_address_is_kept_in_one_form(typed: str, kept: str | None) -> None:
    assert rules.normal_email(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081-234-5678", "0812345678"),
        ("๐๘๑ ๒๓๔ ๕๖๗๘", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
        ("+66 (0)81 234 5678", "0812345678"),
        ("02 123 4567", "021234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("12345", None),
        ("0812345678x", None),
    ],
)
def test_a_phone_number_is_kept_in_one_form(typed: str, kept: str | None) -> None:
    assert rules.normal_phone(typed) == kept


@given(st.text(max_size=40))
def test_normal_forms_are_stable(text: str) -> None:
    for normal in (rules.normal_email, rules.normal_phone):
        once = normal(text)
        assert once is None or normal(once) == once
    assert rules.normal_code(rules.normal_code(text)) == rules.normal_code(text)


def test_a_code_may_be_pasted_with_spaces_dashes_and_thai_digits() -> None:
    assert rules.normal_code(" รหัส: ๑๒๓-456 ") == "123456"


@pytest.mark.parametrize(
    ("ial", "level"),
    [
        ("2.3", 2),
        (2.3, 2),
        (1.1, 1),
        ("IAL3", 3),
        ("ial 2", 2),
        (None, 0),
        ("", 0),
        ("high", 0),
        ("9", 0),
        (22, 0),
    ],
)
def test_the_assurance_level_is_read_as_providers_write_it(ial: object, level: int) -> None:
    assert rules.assurance_of({"ial": ial}) == level
    assert rules.assurance_of({}) == 0


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "/a b",
        "http:///x",
        "evil",
        "///evil.example",
        "",
        None,
        "/" + "x" * 2000,
        "//[evil",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(address: str | None) -> None:
    assert rules.safe_return(address, fallback="/home") == "/home"


@pytest.mark.parametrize("address", ["/", "/en/me/", "/c/C69-0001234-7?tab=1#top", "/?next=//x"])
def test_a_path_of_this_site_is_kept(address: str) -> None:
    assert rules.safe_return(address) == address


@given(st.booleans(), st.booleans(), st.integers(0, 5), st.integers(-1200, 1200))
def test_a_code_is_accepted_only_if_right_in_time_unused_and_with_tries_left(
    is_right: bool, is_used: bool, tries: int, seconds: int
) -> None:
    state = rules.CodeState(NOW + timedelta(seconds=seconds), tries, is_used)
    accepted = rules.refusal_of_code(state, is_right=is_right, now=NOW) is None
    assert accepted == (is_right and not is_used and tries > 0 and seconds > 0)
