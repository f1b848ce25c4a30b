"""Who looks at which page of places, and which addresses have no page."""

from tests.journeys.visit import FOR_MACHINES, Visits

VISITS = Visits(
    no_page={
        "places:names": FOR_MACHINES,
        "places:suggest": FOR_MACHINES,
        "places:at": FOR_MACHINES,
    },
)
