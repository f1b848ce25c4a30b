"""Who looks at the pages of participation, and which addresses have no page."""

from tests.journeys.visit import PERSON, Visit, Visits

VISITS = Visits(
    citizens=(
        Visit("participation:sign", values={"reference": "collection", "purpose": "petition"}),
        Visit(
            "participation:sign", PERSON, values={"reference": "collection", "purpose": "petition"}, fills={}
        ),
    ),
)
