"""Who looks at the pages of participation, and which addresses have no page."""

from tests.journeys.visit import BOSS, EMPTY, LEADS_ON, OFFICER, PERSON, Visit, Visits

OF = {"reference": "collection", "purpose": "petition"}
VISITS = Visits(
    citizens=(
        Visit("participation:sign", values=OF),
        Visit("participation:sign", PERSON, values=OF),
    ),
    staff=(
        Visit("participation:office", OFFICER, values=OF),
        Visit("participation:office", OFFICER, values=OF, fills=EMPTY),
        Visit("participation:office", BOSS, values=OF),
    ),
    no_page={"participation:withdraw": LEADS_ON, "participation:reverse": LEADS_ON},
)
