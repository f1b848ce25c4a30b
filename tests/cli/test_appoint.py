"""`sala appoint`: the first administrator of a real installation."""

from typing import Any

import pytest
from tests.small_state import NOW, forgotten, state  # noqa: F401  # fixtures of the small state
from typer.testing import CliRunner

from sala.cli import appoint
from sala.commons.agencies import queries as agencies
from sala.commons.identity.models import Person
from sala.platform import seals

pytestmark = pytest.mark.usefixtures("state", "forgotten")


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appoint, "prepare_django", lambda **_: None)


def run(*words: str) -> Any:
    return CliRunner().invoke(appoint.app, list(words))


def test_someone_who_signed_in_becomes_the_first_administrator() -> None:
    digest = seals.digest("contact", "head@example.com")
    person = Person.objects.create(created_at=NOW, email_digest=digest)
    assert run("head@example.com", "kk-muni").exit_code == 0
    assert [(g.role, g.agency) for g in agencies.grants_of(person.pk)] == [("administrator", "kk-muni")]
    assert run("head@example.com", "kk-muni").exit_code == 2


@pytest.mark.parametrize("words", [("nobody@example.com", "kk-muni"), ("nonsense", "kk-muni")])
def test_a_stranger_is_refused_with_words(words: tuple[str, str]) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    assert "sign in once" in answer.output
