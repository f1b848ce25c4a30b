"""Releases are put in the order of the moments they name, whatever the time zone; else a person is told."""

from itertools import permutations

import pytest

from sala.engines import ocds
from sala.engines.ocds.order import doubt_order, sort_releases

pytestmark = pytest.mark.req("PRC-2.3")


def dated(*dates: str) -> list[dict[str, str]]:
    return [{"date": date} for date in dates]


@pytest.mark.parametrize(
    "dates",
    [
        ("2024-01-01T08:00:00+07:00", "2024-01-01T02:00:00Z"),
        ("2024-01-01T00:00:00+14:00", "2023-12-31T23:00:00Z", "2023-12-31T20:00:00-05:00"),
        ("2024-01-01T00:00:00.05Z", "2024-01-01T00:00:00.5Z", "2024-01-01T00:00:01Z"),
        ("2024-01-01t00:00:00z", "2024-01-01T00:00:01Z"),
        ("2024-01-01", "2024-01-02", "2024-02-01"),
        ("2567-01-01", "2567-03-01"),
    ],
)
def test_the_earlier_moment_comes_first(dates: tuple[str, ...]) -> None:
    for order in permutations(dates):
        assert [one["date"] for one in sort_releases(dated(*order))] == list(dates)
        assert doubt_order(dated(*order)) is None


def test_equal_moments_keep_the_order_given() -> None:
    releases = dated("2024-01-01T07:00:00+07:00", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.0Z")
    assert sort_releases(releases) == releases


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        (("01/03/2567", "02/01/2567"), "'01/03/2567' is no RFC 3339 date"),
        (("๒๕๖๗-๐๑-๐๑", "2024-01-01"), "'๒๕๖๗-๐๑-๐๑'"),
        (("2024-01-01", "2024-01-02T00:00:00Z"), "different forms"),
        (("2567-01-01", "2024-01-01"), "Buddhist"),
        (("2024-02-30T00:00:00Z", "1 มี.ค. 2567"), "'1 มี.ค. 2567'"),
        (("", "2024-01-01T00:00:00Z"), "''"),
    ],
)
def test_dates_without_an_order_are_doubted(dates: tuple[str, ...], reason: str) -> None:
    told = doubt_order(dated(*dates))
    assert told is not None
    assert reason in told


def test_one_release_needs_no_date_and_two_do() -> None:
    assert sort_releases([{}]) == [{}]
    with pytest.raises(ocds.MergeError, match="no date"):
        sort_releases([{}, {}])
