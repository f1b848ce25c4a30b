"""The invented requests of the demonstration: whole, varied, and of nobody who exists."""

import csv
import re
from importlib import resources
from pathlib import Path

import pytest

from sala.services.information.rules.grounds import Ground, Reasons, Wish, require_reasons

TABLE = resources.files("sala.services.information") / "demonstration" / "data" / "requests.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
AGENCIES = {
    row["code"]
    for path in sorted(Path("src").rglob("agencies.csv"))
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
}
COURSES = {
    *("new", "asked", "asleep", "transferred", "consulting", "overdue", "granted", "partly", "refused"),
    *("not_held", "complained", "appealed", "appealed_correction", "tribunal", "upheld", "dismissed"),
    *("withdrawn", "closed"),
}
HOW = {"p", "c", "f", "e", "ao", "own", "fix", "paper", "visit"}
# These end with words of the office, so the table has them.
ANSWERED = {
    "granted",
    "partly",
    "refused",
    "not_held",
    "closed",
    "appealed",
    "tribunal",
    "upheld",
    "dismissed",
}


def course(row: dict[str, str]) -> tuple[str, str]:
    name, _, argument = row["course"].partition(":")
    return name, argument


def test_about_sixty_requests_stand_in_every_state_and_nowhere_twice() -> None:
    assert len(ROWS) >= 60
    assert {course(row)[0] for row in ROWS} == COURSES
    assert len({row["text"] for row in ROWS}) == len(ROWS)
    assert len({row["title_en"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title_en"])
def test_a_request_of_the_demonstration_can_be_played(row: dict[str, str]) -> None:
    name, argument = course(row)
    assert row["agency"] in AGENCIES
    assert int(row["days_ago"]) > 0
    assert set(row["how"].split()) <= HOW
    assert row["text"].strip()
    if name == "transferred":
        assert argument in AGENCIES
    elif argument:
        wish = Wish.CORRECTION if "fix" in row["how"].split() else Wish.INFORMATION
        require_reasons(Reasons((Ground(argument),), (row["reason"],)), wish=wish)
    if name in ANSWERED:
        assert row["answer"].strip()
    if {"own", "fix"} & set(row["how"].split()):
        assert "ao" in row["how"].split(), "what is about oneself is never public"


def test_nobody_who_exists_is_named() -> None:
    every = " ".join(" ".join(row.values()) for row in ROWS)
    assert not re.search(r"\d{9,}", every), "no telephone or citizen number"
    assert not re.search(r"(?:นาย|นางสาว|นาง|น\.ส\.)\s?[ก-๙]{2,}", every)
    assert "@" not in every
