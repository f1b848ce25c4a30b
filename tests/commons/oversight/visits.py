"""Who looks at the pages of those who oversee, and which addresses are files."""

from tests.journeys.visit import A_FILE, AUDITOR, BOSS, CENTRAL, Visit, Visits

DRAWN = "?kind=&since=2026-11-01&until=2026-11-30&size=5&seed=9"
VISITS = Visits(
    staff=(
        Visit("oversight:executive", "executive@kk-muni"),
        Visit("oversight:executive", "executive@moi", query="?agency=kk-muni"),
        Visit("oversight:executive", AUDITOR),
        Visit("oversight:supervisor", BOSS),
        Visit("oversight:supervisor", CENTRAL),
        Visit("oversight:auditor", AUDITOR),
        Visit("oversight:auditor", AUDITOR, query=DRAWN),
    ),
    no_page={
        "oversight:executive_file": A_FILE,
        "oversight:sample_file": A_FILE,
        "oversight:looks_file": A_FILE,
    },
)
