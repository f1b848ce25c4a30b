"""The demonstration's budget: a small invented nation of one fiscal year, from the request to the payment."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sala.commons.agencies.cast import Scene, Stage
from sala.core.actors import SYSTEM
from sala.platform.package_tables import rows
from sala.services.budgeting import actions

OPTIONS = {
    "source": "invented-nation",
    "fiscal_year": "2569",
    "actor": "สำนักงบประมาณสมมติ",
    "missing_th": "หน่วยงานสมมติบางแห่งยังไม่รายงานการจ่ายเงิน",
    "missing_en": "Some invented offices have not reported what they paid.",
    "example": "yes",
}


def scenes(stage: Stage) -> Iterator[Scene]:
    """The whole budget comes in at the beginning of the play."""
    yield Scene(stage.start, partial(load_nation, stage.start))


def load_nation(now: datetime) -> None:
    """Every event of the invented nation; what holds on later days is known from the start."""
    actions.import_budget(actor=SYSTEM, now=now, rows=rows(__name__, "nation"), options=OPTIONS)
