"""The demonstration's budget: invented, whole from the request to the payment, with gaps, and it adds up."""

from datetime import UTC, datetime

import pytest

from sala.services.budgeting import demonstration, queries
from sala.services.budgeting.rules.stages import Stage

NOW = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)


@pytest.mark.req("BUD-2.2")
@pytest.mark.django_db
def test_the_invented_nation_adds_up_and_says_that_it_is_invented() -> None:
    demonstration.load_nation(NOW)
    demonstration.load_nation(NOW)
    top = queries.list_top(2569)
    reading = queries.get_reading(2569, top)
    assert [load.is_example for load in reading.loads] == [True]
    assert all("สมมติ" in one.heading.name or one.heading.name == "งบกลาง" for one in top)
    assert {Stage.REQUESTED, Stage.BILL, Stage.ACT, Stage.ALLOTMENT, Stage.DISBURSEMENT} <= set(
        queries.sums_of_year(2569)
    )
    assert queries.list_broken(2569) == []
