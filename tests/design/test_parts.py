"""The parts of the pages, as the style page shows them, and the frame around every page."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from sala.site.pages import Example


def rendered(source: str, language: str = "th", **values: object) -> str:
    with override(language):
        return Template("{% load sala_ui %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("source", "language", "expected"),
    [
        ("{{ at|thai_date }}", "th", '<time datetime="2026-11-23T00:30:00+07:00">23 พ.ย. 2569</time>'),
        ('{{ at|thai_date:"long" }}', "th", "23 พฤศจิกายน 2569"),
        ("{{ at|thai_date }}", "en", "23 Nov 2026"),
        ("{{ day|thai_date }}", "th", '<time datetime="2027-01-05">5 ม.ค. 2570</time>'),
        ("{{ none|thai_date }}{{ none|thai_time }}", "th", ""),
        ("{{ 487000000|money }}", "en", "4,870,000 baht"),
        ("{{ 150|money }}", "en", "1.50 baht"),
        ("{{ none|money }}", "en", "–"),
        ("{{ 1906|number }}", "th", "1,906"),
    ],
)
def test_dates_and_figures_read_as_people_write_them(source: str, language: str, expected: str) -> None:
    at = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert expected in rendered(source, language, at=at, day=date(2027, 1, 5), none=None)


def test_a_field_names_its_hint_and_error_for_screen_readers() -> None:
    form = Example({"what": "x" * 201}, prefix=None)
    page = rendered("{% error_summary form %}{% field form.what %}", form=form)
    assert 'aria-describedby="id_what-hint id_what-error id_what-info"' in page
    assert 'aria-invalid="true"' in page
    assert 'href="#id_what"' in page
    assert 'id="id_what-error"' in page


def test_the_same_error_twice_names_the_field_it_is_about() -> None:
    class Two(forms.Form):
        first = forms.CharField(label="Your answer")
        second = forms.CharField(label="Your reason")
        third = forms.CharField(label="A day", error_messages={"required": "Write a day."})

    page = rendered("{% error_summary form %}", form=Two({}))
    assert "Your answer: " in page
    assert "Your reason: " in page
    assert "A day: " not in page, "it says by itself what it is about"


def test_an_error_on_choices_leads_to_the_first_choice() -> None:
    page = rendered("{% error_summary form %}{% field form.seen %}", form=Example({}))
    assert 'href="#id_seen_0"' in page
    assert 'id="id_seen_0"' in page


def test_a_wrong_date_keeps_what_was_typed_and_says_so() -> None:
    form = Example({"when": "31 ก.พ. 2569"})
    page = rendered("{% field form.when %}", form=form)
    assert 'value="31 ก.พ. 2569"' in page
    assert 'aria-invalid="true"' in page


def test_long_text_is_never_cut_off_by_the_browser() -> None:
    assert "maxlength" not in rendered("{% field form.what %}", form=Example()).replace("data-maxlength", "")


def test_style_page_is_for_the_demo_only(client: Client, settings: pytest.FixtureRequest) -> None:
    assert client.get("/style/").status_code == 404
    settings.DEMO = True
    assert client.get("/style/?bad-what=x").status_code == 200


def test_language_switch_keeps_the_page_and_its_question(client: Client) -> None:
    assert 'href="/en/help/?a=1"' in client.get("/help/?a=1").content.decode()
    assert 'href="/help/?a=1"' in client.get("/en/help/?a=1").content.decode()


def test_a_door_without_a_service_says_so(client: Client) -> None:
    page = client.get("/en/coming/procurement/").content.decode()
    assert "Being built" in page
    assert client.get("/coming/nothing/").status_code == 404


@pytest.mark.django_db
def test_a_public_page_sets_no_cookie_and_may_be_cached(client: Client) -> None:
    for address in ("/", "/help/", "/en/privacy/"):
        response = client.get(address)
        assert not response.cookies
        assert "public" in response["Cache-Control"]
