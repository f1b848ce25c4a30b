"""Who looks at which page of agencies, and which addresses have no page."""

from tests.journeys.visit import FOR_MACHINES, LEADS_ON, Visit, Visits

VISITS = Visits(
    citizens=(
        Visit("agencies:list"),
        Visit("agencies:agency", values={"code": "agency"}),
        Visit("agencies:area", values={"code": "area"}),
    ),
    staff=(Visit("agencies:people", "administrator@kk-muni"),),
    no_page={
        "agencies:suggest": FOR_MACHINES,
        "agencies:end": LEADS_ON,
        "agencies:add_desk": LEADS_ON,
    },
)
