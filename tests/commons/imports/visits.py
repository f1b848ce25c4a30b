"""Who looks at the pages of imports, and which addresses have no page."""

from tests.journeys.visit import A_FILE, BY_FORM, EMPTY, LEADS_ON, Visit, Visits

ADMINISTRATOR = "administrator@opm-1111"
VISITS = Visits(
    staff=(
        Visit("imports:runs", ADMINISTRATOR),
        Visit("imports:bring_in", ADMINISTRATOR, values={"name": "complaints"}),
        Visit("imports:bring_in", ADMINISTRATOR, values={"name": "agencies"}, fills=EMPTY),
        Visit("imports:run", BY_FORM),
    ),
    no_page={"imports:report": A_FILE, "imports:undo": LEADS_ON},
)
