"""The work on legal questions as an office sees it: its lists and its acts."""

from django.utils.translation import gettext_lazy as _

from sala.commons.moderation.queries import covered_words
from sala.platform.worklist import Oversight, Worklist
from sala.services.lawmaking.acts import ACTS
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries import question_work as work
from sala.services.lawmaking.queries import questions
from sala.services.lawmaking.words import question_desk as desk

WORKLIST = Worklist(
    acts=ACTS,
    views=desk.VIEWS,
    model=LegalQuestion,
    related=("desk", "officer"),
    conditions=work.conditions,
    holds=work.holds,
    lines=desk.lines,
    find=lambda reference, actor, now: questions.get_for_staff(reference, actor),
    told=covered_words,
    bulk_template="",
    bulk_url_name="",
    oversight=Oversight(
        rows=work.counted,
        open_now=work.OPEN_HERE,
        late=work.is_late,
        steps=(
            (_("The office answered"), work.SAID_SOMETHING),
            (_("It told what the law means"), work.ANSWERED),
        ),
    ),
    uncounted=frozenset({"closed"}),
    by_closing=frozenset({"closed"}),
)
