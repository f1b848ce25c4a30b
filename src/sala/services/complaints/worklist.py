"""The work on complaints as an office sees it: its lists and its acts."""

from django.utils.translation import gettext_lazy as _

from sala.commons.moderation.queries import covered_words
from sala.platform.worklist import Oversight, Worklist
from sala.services.complaints import desk_words, queries
from sala.services.complaints.acts import ACTS
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import clock, work_views

WORKLIST = Worklist(
    acts=ACTS,
    views=desk_words.VIEWS,
    model=Complaint,
    related=("desk", "officer"),
    conditions=work_views.conditions,
    holds=work_views.holds,
    lines=desk_words.lines,
    find=lambda reference, actor, now: queries.get_for_staff(reference, actor),
    told=covered_words,
    bulk_template="complaints/work/bulk.html",
    bulk_url_name="complaints:bulk",
    oversight=Oversight(
        rows=work_views.counted,
        open_now=work_views.OPEN_HERE,
        late=clock.is_late,
        steps=(
            (_("Reached who can act"), work_views.REACHED),
            (_("The office said it was done"), work_views.SAID_DONE),
            (_("The person confirmed it"), work_views.CONFIRMED),
        ),
    ),
    uncounted=frozenset({"shared", "earlier", "closed"}),
    by_closing=frozenset({"closed"}),
)
