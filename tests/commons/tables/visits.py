"""Who looks at which page of tables, and which addresses have no page."""

from tests.journeys.visit import FOR_MACHINES, Visit, Visits

VISITS = Visits(
    citizens=(
        Visit("tables:catalogue"),
        *(
            Visit("tables:table", values={"name": name})
            for name in ("matters", "agencies", "mandates", "holidays", "agency_figures")
        ),
    ),
    no_page={
        "table_file": FOR_MACHINES,
    },
)
