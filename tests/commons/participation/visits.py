"""Who looks at which page of participation, and which addresses have no page."""

from tests.journeys.visit import A_FILE, LEADS_ON, OFFICER, Visit, Visits

VISITS = Visits(
    citizens=(
        Visit("opinions:start"),
        *(Visit(f"opinions:{name}", values={"reference": "opinion_matter"}) for name in ("vote", "map")),
    ),
    staff=(
        Visit("opinions:work", OFFICER),
        Visit("opinions:open", OFFICER),
        Visit("opinions:work_page", OFFICER, values={"reference": "opinion_matter"}),
    ),
    no_page={
        **{f"opinions:{name}": LEADS_ON for name in ("seed", "close", "decide", "add")},
        "opinions:file": A_FILE,
    },
)
