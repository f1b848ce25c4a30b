"""Budgets in words: stages and levels, and the sentence that begins the page."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.platform.registration import Words
from sala.services.budgeting.rules.stages import Stage

STAGES: dict[str, Words] = {
    Stage.REQUESTED: gettext_lazy("Asked for"),
    Stage.CEILING: gettext_lazy("Ceiling set"),
    Stage.CABINET: gettext_lazy("Agreed by the cabinet"),
    Stage.BILL: gettext_lazy("In the bill"),
    Stage.COMMITTEE: gettext_lazy("Cut or added in parliament"),
    Stage.ACT: gettext_lazy("Permitted by the act"),
    Stage.TRANSFER: gettext_lazy("Moved to other uses, or from them"),
    Stage.ALLOTMENT: gettext_lazy("Released for use"),
    Stage.COMMITMENT: gettext_lazy("Bound by contract"),
    Stage.DISBURSEMENT: gettext_lazy("Paid"),
    Stage.CARRY_OVER: gettext_lazy("Kept for next year"),
}
# What a stage's figure is and is not, for whoever reads it alone.
MEANINGS: dict[str, Words] = {
    Stage.REQUESTED: gettext_lazy("What offices asked for. Nobody has agreed yet."),
    Stage.CEILING: gettext_lazy("The frame offices were given. It is no permission yet."),
    Stage.CABINET: gettext_lazy("What the cabinet agreed to. Parliament has not decided yet."),
    Stage.BILL: gettext_lazy("What the government asks parliament to permit. It is not money that was paid."),
    Stage.ACT: gettext_lazy("The most that may be spent. It is not money that was paid."),
}
LEVELS: dict[str, Words] = {
    "ministry": gettext_lazy("Ministry or group"),
    "agency": gettext_lazy("Budget unit"),
    "plan": gettext_lazy("Budget plan"),
    "output": gettext_lazy("Output"),
    "project": gettext_lazy("Project"),
    "activity": gettext_lazy("Activity"),
    "expense": gettext_lazy("Kind of expense"),
    "subexpense": gettext_lazy("Sort of expense"),
    "item": gettext_lazy("Item"),
}
BROKEN: dict[str, Words] = {
    "children": gettext_lazy("The parts do not sum to the whole"),
    "bill_to_act": gettext_lazy("The bill and what parliament changed do not make the act"),
    "allotted": gettext_lazy("More was released than is permitted"),
    "committed": gettext_lazy("More is bound by contract than was released"),
    "paid": gettext_lazy("More was paid than was bound by contract"),
    "transfers": gettext_lazy("What was moved away did not all arrive"),
}
REFUSALS: dict[str, Words] = {
    "no_such_budget": gettext_lazy("There is no such budget, or no such line in it."),
}


def level(code: str, kind: str) -> str:
    """What a heading is: an output that is a project is called so."""
    return str(LEVELS.get(kind or code, LEVELS.get(code, code)))


def of_hundred(satang: int, whole: int) -> Decimal:
    """How much of 100 baht of the whole a part is, to the satang; 0 of nothing."""
    if not whole:
        return Decimal(0)
    return (Decimal(satang) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def sentence(largest: Sequence[tuple[str, int]], whole: int, gap: int) -> str:
    """The budget in one sentence: whole baht of a hundred for the largest parts, and what could not be read."""
    parts = [
        _("%(name)s %(baht)s baht") % {"name": name, "baht": round(of_hundred(satang, whole))}
        for name, satang in largest
    ]
    told = _("Of every 100 baht: %(parts)s") % {"parts": _(", ").join(parts)}
    if gap > 0:
        told += _("; and %(baht)s baht that we could not read from the papers yet") % {
            "baht": round(of_hundred(gap, whole))
        }
    return told
