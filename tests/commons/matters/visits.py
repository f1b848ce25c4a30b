"""Who looks at which page of matters, and which addresses have no page."""

from tests.journeys.visit import EMPTY, FOR_MACHINES, LEADS_ON, Visit, Visits

VISITS = Visits(
    citizens=(
        Visit("matters:list"),
        Visit("matters:list", query="?q=ไฟทาง&stage=received"),
        Visit("matters:list", query="?q=zzzzzz"),
        Visit("matters:follow", values={"reference": "received"}),
        Visit("matters:follow", values={"reference": "received"}, fills=EMPTY),
        Visit("matters:follow", values={"reference": "received"}, fills={"email": "somebody@example.th"}),
        Visit("matters:confirm_follow", values={"token": "begins"}),
        Visit("matters:confirm_follow", values={"token": "begins"}, fills=EMPTY),
        Visit("matters:unfollow_link", values={"token": "begins"}),
        Visit("matters:unfollow_link", values={"token": "begins"}, fills=EMPTY),
        Visit("matters:short", values={"reference": "mistyped"}),
    ),
    no_page={
        "matters:steps": FOR_MACHINES,
        "matters:points": FOR_MACHINES,
        "matters:rows": FOR_MACHINES,
        "matters:unfollow": LEADS_ON,
    },
)
