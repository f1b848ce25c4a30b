"""Who looks at the pages of participation, and which addresses have no page."""

from tests.journeys.visit import A_FILE, BOSS, EMPTY, LEADS_ON, OFFICER, PERSON, Visit, Visits

OF = {"reference": "collection", "purpose": "petition"}
BY_NUMBER = {"reference": "paper_collection", "purpose": "petition"}
VISITS = Visits(
    citizens=(
        Visit("participation:sign", values=OF),
        Visit("participation:sign", PERSON, values=OF),
        Visit("participation:sign", PERSON, values=BY_NUMBER),
        Visit("opinions:start"),
        *(Visit(f"opinions:{name}", values={"reference": "opinion_matter"}) for name in ("vote", "map")),
    ),
    staff=(
        Visit("opinions:work", OFFICER),
        Visit("opinions:open", OFFICER),
        Visit("opinions:work_page", OFFICER, values={"reference": "opinion_matter"}),
        Visit("participation:office", OFFICER, values=BY_NUMBER),
        Visit("participation:office", OFFICER, values=BY_NUMBER, fills=EMPTY),
        Visit("participation:office", BOSS, values=BY_NUMBER),
    ),
    no_page={
        "participation:withdraw": LEADS_ON,
        "participation:reverse": LEADS_ON,
        **{f"opinions:{name}": LEADS_ON for name in ("seed", "close", "decide", "add")},
        "opinions:file": A_FILE,
    },
)
