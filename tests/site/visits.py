"""Who looks at which page of the site itself, and which addresses have no page."""

from tests.journeys.visit import ELSEWHERE, FOR_MACHINES, Visit, Visits

VISITS = Visits(
    citizens=(
        Visit("home"),
        Visit("help"),
        Visit("privacy"),
        Visit("accessibility"),
        Visit("coming", values={"key": "door"}),
        Visit("style"),
        Visit("style", query="?bad-what=x&bad-when=31/2/2569"),
        Visit("api_docs"),
    ),
    no_page={
        "healthz": FOR_MACHINES,
        "readyz": FOR_MACHINES,
        "metrics": FOR_MACHINES,
        "figures": FOR_MACHINES,
        "robots": FOR_MACHINES,
        "manifest": FOR_MACHINES,
        "favicon": ELSEWHERE,
        "happening_now": "a part of the first page",
    },
    no_pages_at_all={"api:": FOR_MACHINES},
)
