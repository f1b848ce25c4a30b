"""The law as this installation keeps it: periods in force, ways, grounds, and which office is the Board's."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import queries as deadlines
from sala.core.clock import day_of
from sala.core.deadlines import Law, day_before, end_of_day
from sala.platform.package_tables import rows
from sala.services.information.rules.grounds import Ground
from sala.services.information.rules.periods import Period
from sala.services.information.rules.ways import WayRule, way_rules_of

__all__ = [
    "BOARD_TOPIC",
    "KIND",
    "PACKAGE",
    "day_before",
    "day_of",
    "ends_at",
    "find_board",
    "ground_sections",
    "law_of",
    "periods",
    "section_of",
    "way_rules",
]

KIND = "information_request"
PACKAGE = "sala.services.information"
# The Board's office (section 6) is found by its mandate like every other: no code of an agency stands in a program.
BOARD_TOPIC = "official_information"


def law_of(agency: str) -> Law:
    """The periods in force, counted by the working days of an agency."""
    return deadlines.law_of(KIND, agency)


def periods() -> tuple[Period, ...]:
    """Every period of information requests, as kept."""
    return deadlines.periods(KIND)


@cache
def way_rules() -> tuple[WayRule, ...]:
    """The ways that the law opens, each with its section."""
    return way_rules_of(row for _, row in rows(PACKAGE, "ways"))


@cache
def ground_sections() -> Mapping[Ground, tuple[str, str]]:
    """The section of each ground, in Thai and in English."""
    return {
        Ground(row["ground"]): (row["section_th"], row["section_en"]) for _, row in rows(PACKAGE, "grounds")
    }


def section_of(ground: str, language: str) -> str:
    """The section of a ground as people read it."""
    thai, english = ground_sections()[Ground(ground)]
    return english if language == "en" else thai


def find_board(on: date) -> str:
    """The code of the Board's office, "" where nobody has that mandate: then its proceedings go by paper only."""
    found = agencies.candidates(topic=BOARD_TOPIC, area=None, on=on)
    return found[0].mandate.agency if found else ""


def ends_at(day: date | None) -> datetime | None:
    """The instant at which a last day is over, as the spine keeps dates."""
    return end_of_day(day) if day else None
