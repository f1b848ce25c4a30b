"""The reference data of complaints that `sala seed` brings up to date: the periods that come with this version."""

from collections.abc import Iterator
from importlib import resources

from sala.commons.deadlines import actions as deadlines
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.core.tables import Row, rows_of
from sala.services.complaints.actions.covering import cover_what_is_old

PRESENT = "data/reference/periods.csv"
# What earlier releases put into the table, oldest first. A release that changes PRESENT adds the former one here.
RELEASED = ("data/periods.csv",)


def seed_periods() -> str:
    """Bring the periods of complaints to this version; returns what that changed, in words for the operator."""
    released = [row for name in RELEASED for row in read(name)]
    done = deadlines.seed_periods(
        actor=SYSTEM, now=clock.now(), kind="complaint", present=read(PRESENT), released=released
    )
    return f"legal periods of complaints: {done}"


def read(name: str) -> Iterator[Row]:
    """The rows of a table of ours."""
    text = resources.files("sala.services.complaints").joinpath(name).read_text("utf-8")
    return rows_of(text.splitlines())[1]


def cover_old_texts() -> str:
    """Words that an office reads and reasons that everyone reads are covered once; says how many, "" for none."""
    done = cover_what_is_old()
    return f"{done} texts of earlier versions covered once more" if done else ""
