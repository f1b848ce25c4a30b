"""Nobody is sent to another site."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.addresses import safe_back_address

parts = st.lists(
    st.sampled_from(
        [
            "/",
            "//",
            "\\",
            "evil.example",
            ":",
            "http",
            "https:",
            "javascript:",
            "@",
            "?",
            "#",
            "..",
            ".",
            " ",
            "\t",
            "\n",
            "\r",
            "%2f",
            "%5c",
            "ก",
            "\u202e",
            "\ud800",
            "／",
            "a",
        ]
    ),
    max_size=8,
).map("".join)


@given(parts | st.text(st.characters(), max_size=30))
def test_what_is_accepted_is_the_same_text_and_stays_on_this_site(text: str) -> None:
    address = safe_back_address(text)
    assert address in ("", text)
    if address:
        assert address.startswith("/")
        assert not address.startswith("//")
        assert urlsplit(urljoin("https://sala.example/here/", address)).netloc == "sala.example"
        assert urlsplit(urljoin("https://sala.example/here/", address)).scheme == "https"


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "name",
        "complaints:work",
        "?page=2",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x",
        " /m/1",
        "/a//evil.example",
        "/..//evil.example",
        "/" + "a" * 2000,
        "/\ud800",
        "//[",
    ],
)
def test_what_could_lead_elsewhere_is_no_back_address(text: str | None) -> None:
    assert safe_back_address(text) == ""


@pytest.mark.parametrize(
    "text", ["/", "/m/C69-0001234-7?joined#line", "/search?q=http://a.example/", "/พื้นที่/ขอนแก่น"]
)
def test_a_page_of_this_site_is_one(text: str) -> None:
    assert safe_back_address(text) == text
