"""The first page answers, in both languages, and asks the database for nothing."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "language"), [("/", "th"), ("/en/", "en")])
def test_first_page_answers_in_both_languages(client: Client, address: str, language: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()
