"""Who looks at which page of budgets, and which addresses have no page."""

from tests.journeys.visit import Visit, Visits

YEAR = {"year": "budget_year"}

VISITS = Visits(
    citizens=(
        Visit("budget:start"),
        Visit("budget:start", query="?of=1500&on=2026-01-15"),
        Visit("budget:start", query="?of=x&stage=ceiling"),
        Visit("budget:year", values=YEAR),
        Visit("budget:reading", values=YEAR),
        Visit("budget:search", query="?q=ถนน"),
        Visit("budget:search", query="?q=ไม่มีคำนี้แน่"),
        Visit("budget:heading", values={**YEAR, "code": "budget_top"}),
        Visit("budget:heading", values={**YEAR, "code": "budget_line"}),
    ),
    staff=(),
    no_page={"budget:proof": "for programs", "budget:map": "a picture of its own"},
    no_pages_at_all={},
)
