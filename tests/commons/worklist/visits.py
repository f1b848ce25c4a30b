"""Who looks at the list of an office, and which addresses have no page."""

from tests.journeys.visit import LEADS_ON, OFFICER, Visit, Visits

VISITS = Visits(
    staff=(
        Visit("worklist:inbox", OFFICER),
        Visit("worklist:inbox", OFFICER, query="?view=open"),
        Visit("worklist:inbox", OFFICER, query="?view=open&open={received}"),
        Visit("worklist:inbox", OFFICER, query="?view=open&open={info_consulting}"),
        *(
            Visit("worklist:inbox", OFFICER, query=f"?kind=complaint&view={view}")
            for view in ("today", "open", "closed")
        ),
        Visit("worklist:inbox", OFFICER, query="?kind=complaint&view=open&topic=street_light&area=400101"),
        Visit("worklist:inbox", OFFICER, query="?kind=information_request"),
        Visit("worklist:inbox", OFFICER, query="?kind=information_request&view=closed"),
        Visit("worklist:inbox", "executive@kk-muni"),
        Visit("worklist:keys", OFFICER),
    ),
    no_page={
        "worklist:home": LEADS_ON,
        "worklist:save_view": LEADS_ON,
        "worklist:drop_view": LEADS_ON,
    },
)
