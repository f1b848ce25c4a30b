"""Questions as data: which is asked, which comes next, what the last page follows."""

from collections.abc import Mapping
from typing import Any

import pytest
from django import forms

from sala.commons.drafts.views import Journey, Question
from sala.core.errors import NotFound
from sala.platform.limits import Key, Policy, Rate


def _is_other(answers: Mapping[str, Any]) -> bool:
    return answers.get("what") == "other"


JOURNEY = Journey(
    kind="complaint",
    namespace="complaints",
    questions=(
        Question(name="what", form=forms.Form, template="x.html"),
        Question(name="which", form=forms.Form, template="x.html", asked=_is_other),
        Question(name="when", form=forms.Form, template="x.html", then="similar"),
        Question(name="privacy", form=forms.Form, template="x.html"),
    ),
    attach=Policy("x", {Key.ADDRESS: Rate(1, 1)}),
)


@pytest.mark.parametrize(
    ("name", "answers", "follows"),
    [
        ("what", {}, "/when"),
        ("what", {"what": "other"}, "/which"),
        ("which", {"what": "other"}, "/when"),
        ("when", {}, "/similar"),
        ("privacy", {}, "/check"),
    ],
)
def test_each_question_leads_on_by_what_was_answered(
    name: str, answers: dict[str, str], follows: str
) -> None:
    assert JOURNEY.after(JOURNEY.question(name), answers, "t").endswith(follows)


def test_one_goes_back_to_what_was_asked_and_not_to_what_was_left_out() -> None:
    before = JOURNEY.before("when", {})
    assert before is not None
    assert before.name == "what"
    asked = JOURNEY.before("when", {"what": "other"})
    assert asked is not None
    assert asked.name == "which"
    assert JOURNEY.before("what", {}) is None


def test_what_is_not_asked_at_all_has_no_page() -> None:
    with pytest.raises(NotFound):
        JOURNEY.question("shoe-size")
