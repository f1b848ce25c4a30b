"""The invented nation for the looks at every page of budgets."""

from collections.abc import Iterator, Mapping

from sala.core import clock
from sala.services.budgeting import demonstration, queries


def build() -> dict[str, str | int]:
    """The values that addresses of budgets need."""
    demonstration.load_nation(clock.now())
    here = next(one.heading for one in queries.list_top(2569) if "ถนนหนทาง" in one.heading.name)
    top = here
    while below := queries.get_whole(here).below:
        here = below[-1].heading
    return {"budget_year": 2569, "budget_top": top.code, "budget_line": here.code}


def own_links(values: Mapping[str, object]) -> Iterator[str]:
    """None: nobody files anything here, a question about a line is filed elsewhere."""
    yield from ()
