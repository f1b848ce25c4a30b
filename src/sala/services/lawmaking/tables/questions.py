"""Public tables of legal questions: how each office deals with them, and every answer that stands."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies.words import agency_name
from sala.commons.tables.queries import percent
from sala.core import clock
from sala.core.atom import FeedEntry
from sala.platform.tables import Column, Feed, Filter, Query, Rows, Table, counted_rows, cursor_number, figure
from sala.services.lawmaking.models import LegalAnswer
from sala.services.lawmaking.queries import question_figures as figures
from sala.services.lawmaking.queries.question_figures import OfficeFigures


def _office_rows(query: Query) -> Rows:
    now = clock.now()
    found = OFFICES.ordered(figures.offices(now), query.order)
    return counted_rows(found, query, figures.counted_at(now))


def _office(row: OfficeFigures) -> str:
    address = f"{reverse('questions:figures')}?agency={row.agency}"
    return format_html('<a href="{}">{}</a>', address, agency_name(row.agency))


OFFICES = Table(
    name="legal_question_offices",
    title=_("How each office answers legal questions"),
    description=_(
        "What each office was asked, what is open and late now, how long its first answers took, how often it "
        "answered or said why not. Medians and shares are empty below ten cases."
    ),
    columns=(
        Column(
            name="agency",
            title=_("Office"),
            description=_("Code of the office."),
            kind="code",
            value=lambda row: row.agency,
            show=_office,
            is_required=True,
        ),
        figure("asked", _("Questions"), _("Questions that lie with the office.")),
        figure("open_now", _("Open now"), _("Of them those that are not answered yet.")),
        figure("late_now", _("Late"), _("Of the open ones, past the expected day.")),
        figure("answered", _("Answered"), _("Questions whose first answer names the law.")),
        figure(
            "declined", _("Not answered, with the reason"), _("Questions whose first answer says why not.")
        ),
        Column(
            name="percent_in_time",
            title=_("By the expected day"),
            description=_("Share of the first answers."),
            kind="percent",
            value=lambda row: percent(row.in_time, row.finished),
        ),
        figure(
            "median_days",
            _("Days, median"),
            _("Calendar days to the first answer; half took no longer."),
            unit="days",
        ),
        figure("passed_on", _("Passed on"), _("How often the office passed a question to another.")),
        figure(
            "followed_up", _("Asked again"), _("Questions whose asker said that the answer was not clear.")
        ),
    ),
    key=("agency",),
    rows=_office_rows,
    orders=("agency", "asked", "open_now", "late_now", "answered", "percent_in_time", "median_days"),
    page="questions:figures",
)


def _answer_rows(query: Query) -> Rows:
    found, after = figures.list_answers(
        agency=query.filters.get("agency", ""),
        words=query.filters.get("q", ""),
        before=cursor_number(query),
        size=query.size,
    )
    return Rows(rows=found, cursor=str(after) if after else "")


def _path(answer: LegalAnswer) -> str:
    return reverse("questions:question", args=[answer.question.matter.reference])


def _link(answer: LegalAnswer) -> str:
    return format_html('<a href="{}">{}</a>', _path(answer), answer.question.matter.title)


def _laws(answer: LegalAnswer) -> str:
    laws = sorted(answer.laws.all(), key=lambda cited: cited.order)
    return "; ".join(f"{cited.law} {cited.section}" for cited in laws)


def _entry(answer: LegalAnswer) -> FeedEntry:
    address = f"{settings.SITE_URL}{_path(answer)}"
    return FeedEntry(
        key=f"{address}#answer-{answer.number}",
        title=str(answer.question.matter.title),
        updated=answer.answered_at,
        link=address,
        summary=f"{agency_name(answer.agency)} · {_laws(answer)}",
    )


ANSWERS = Table(
    name="legal_answers",
    title=_("Answers to legal questions"),
    description=_(
        "Every answer that stands to a public legal question, with the question and the laws it relies on, the newest "
        "first."
    ),
    columns=(
        Column(
            name="question",
            title=_("Question"),
            description=_("What was asked, personal data covered."),
            kind="text",
            value=lambda row: str(row.question.public_text),
            show=_link,
            is_required=True,
        ),
        Column(
            name="answer",
            title=_("The answer"),
            description=_("The office's answer, personal data covered."),
            kind="text",
            value=lambda row: str(row.public_text),
        ),
        Column(
            name="laws",
            title=_("Law and section"),
            description=_("What the answer relies on, parted by semicolons."),
            kind="text",
            value=_laws,
        ),
        Column(
            name="agency",
            title=_("Office"),
            description=_("Code of the office that answered."),
            kind="code",
            value=lambda row: row.agency,
            show=lambda row: agency_name(row.agency),
        ),
        Column(
            name="answered_at",
            title=_("Answered"),
            description=_("When the office answered."),
            kind="datetime",
            value=lambda row: row.answered_at,
        ),
        Column(
            name="days",
            title=_("Days"),
            description=_("Calendar days that the office took."),
            kind="integer",
            value=lambda row: row.days,
            unit="days",
        ),
        Column(
            name="reference",
            title=_("Number"),
            description=_("Number of the question."),
            kind="code",
            value=lambda row: row.question.matter.reference,
        ),
        Column(
            name="number",
            title=_("Answer"),
            description=_("Number of the answer: one after asking again adds to the first."),
            kind="integer",
            value=lambda row: row.number,
        ),
        Column(
            name="url",
            title=_("Address"),
            description=_("Where question and answer stand."),
            kind="url",
            value=lambda row: f"{settings.SITE_URL}{_path(row)}",
        ),
    ),
    key=("reference", "number"),
    rows=_answer_rows,
    filters=(Filter(name="agency", title=_("Office")), Filter(name="q", title=_("Words"))),
    feed=Feed(entry=_entry),
    page="questions:answers",
)
