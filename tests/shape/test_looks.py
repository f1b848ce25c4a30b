"""No page without a look: every named address is visited by the accessibility journeys, or says why not."""

from tests.journeys.visit import patterns

from journeys import addresses


def test_every_named_address_is_looked_at_or_says_why_not() -> None:
    visits = (*addresses.CITIZEN_PAGES, *addresses.DESK_PAGES)
    seen = {visit.route for visit in visits} | {visit.shows for visit in visits}
    excused = tuple(addresses.NO_PAGES_AT_ALL)
    unseen = [
        name
        for name in patterns()
        if name not in seen and name not in addresses.NO_PAGE and not name.startswith(excused)
    ]
    assert not unseen, "put into citizens, staff or no_page of the box's own visits.py:\n" + (
        "\n".join(unseen)
    )


def test_nothing_is_excused_that_is_gone() -> None:
    named = patterns()
    visits = (*addresses.CITIZEN_PAGES, *addresses.DESK_PAGES)
    listed = {visit.route for visit in visits} | {visit.shows for visit in visits if visit.shows}
    gone = sorted((listed | set(addresses.NO_PAGE)) - set(named))
    assert not gone
    assert not listed & set(addresses.NO_PAGE), "either a page or none"
