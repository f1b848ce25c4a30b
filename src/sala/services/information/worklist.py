"""The work on requests as an office sees it: its lists and its acts."""

from django.utils.translation import gettext_lazy as _

from sala.commons.moderation.queries import covered_words
from sala.platform.worklist import Oversight, Worklist
from sala.services.information.acts import ACTS
from sala.services.information.models import Request
from sala.services.information.queries import law, request, work
from sala.services.information.words import desk

WORKLIST = Worklist(
    acts=ACTS,
    views=desk.VIEWS,
    model=Request,
    related=("desk", "officer"),
    conditions=work.conditions,
    holds=work.holds,
    lines=desk.lines,
    find=lambda reference, actor, now: request.get_for_staff(reference, actor, law.day_of(now)),
    told=covered_words,
    bulk_template="",
    bulk_url_name="",
    oversight=Oversight(
        rows=work.counted,
        open_now=work.OPEN_HERE,
        late=work.is_late,
        steps=(
            (_("The office answered"), work.ANSWERED_ONCE),
            (_("It gave what was asked, or a part"), work.GIVEN),
        ),
    ),
    uncounted=frozenset({"closed"}),
    by_closing=frozenset({"closed"}),
)
