"""What lawmaking tells the site of itself; its first kind of matter is the legal question."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.commons.deadlines import actions as deadlines
from sala.commons.identity.slots import Basis, OwnThing, Purpose
from sala.commons.participation import queries as participation
from sala.commons.participation.actions import erase_commenter
from sala.core import clock
from sala.core.columns import Column
from sala.core.columns import Kind as ColumnKind
from sala.platform.registration import Box, Door, Held, Importer, Kind, Way
from sala.services.lawmaking import actions, events
from sala.services.lawmaking.actions.question_erasure import erase_person
from sala.services.lawmaking.places import places
from sala.services.lawmaking.queries import hearings, questions
from sala.services.lawmaking.queries import question_commitments as commitments
from sala.services.lawmaking.queries import question_due as due
from sala.services.lawmaking.queries import question_figures as figures
from sala.services.lawmaking.queries import question_own as own
from sala.services.lawmaking.queries.question_law import KIND
from sala.services.lawmaking.tables import ANSWERS, COMMENTS, HEARINGS, LAWS, OFFICES, PROVISIONS
from sala.services.lawmaking.words import hearing_names
from sala.services.lawmaking.words import question_names as names
from sala.services.lawmaking.words import question_telling as telling
from sala.services.lawmaking.words.law_names import REFUSALS as LAW_REFUSALS
from sala.services.lawmaking.worklist import WORKLIST


def _begin(typed: str) -> tuple[str, str]:
    carried = f"?{urlencode({'text': typed})}" if typed else ""
    return _("Ask what a law means"), reverse("questions:new") + carried


def _list_asked(person_id: int) -> list[OwnThing]:
    """The questions a person asked, and where each stands."""
    return [
        OwnThing(
            question.matter.title or question.matter.reference,
            reverse("questions:own", args=[question.matter.reference]),
            question.matter.reference,
            *names.stage(question.standing),
        )
        for question in own.list_asked(person_id)
    ]


def _list_said(person_id: int) -> list[OwnThing]:
    """What a person said in hearings while signed in, and how the hearing stands."""
    return [
        OwnThing(
            said.public_text or said.suggestion,
            reverse("hearings:hearing", args=[said.matter.reference]),
            said.matter.reference,
            *hearing_names.stage(said.matter.stage),
        )
        for said in participation.list_own_comments(person_id)
    ]


def _count_by_standing(now: datetime) -> Iterator[tuple[str, str, str, Mapping[str, int]]]:
    yield "sala_legal_questions", "Legal questions by where they stand", "standing", figures.by_standing()


def _figures_of(agency: str, area: str) -> list[tuple[int, str, str]]:
    """What the page of an office shows: how many it was asked, and how many are late."""
    if not agency:
        return []
    found = figures.office(agency, clock.now())
    if not found.asked:
        return []
    address = f"{reverse('questions:figures')}?agency={agency}"
    return [
        (found.asked, _("legal questions"), address),
        (found.late_now, _("of them without an answer past the expected day"), address),
    ]


HEARING = Kind(
    code=hearings.KIND,
    letters="LH",
    name=gettext_lazy("Hearing"),
    plural=gettext_lazy("Hearings"),
    # An office opens one; what a person begins is a comment in it.
    begin=None,
    stage=hearing_names.stage,
    stages=hearing_names.stages,
    topics=lambda language: (),
    describe_entry=hearing_names.tell,
    event_colours=hearing_names.COLOURS,
    silent_events=hearing_names.SILENT,
    passed_over_events=hearing_names.SILENT,
    page=lambda reference: reverse("hearings:hearing", args=[reference]),
    work_page=lambda reference: reverse("hearings:work_page", args=[reference]),
    own_page=lambda reference, person_id, email: "",
    opened_by=lambda person_id, matter_ids: frozenset(),
    search_parts=hearings.search_parts,
    hidden_names=None,
    messages={},
    reply_address=None,
    take_mail=None,
    begin_by_mail=None,
    kept_words=partial(participation.kept_comments, hearings.KIND),
    worklist=None,
    # Its time is a promise of instants: no holiday moves it.
    move_date=None,
    duties={},
)

QUESTION = Kind(
    code=KIND,
    letters="LA",
    name=gettext_lazy("Legal question"),
    plural=gettext_lazy("Legal questions"),
    begin=_begin,
    stage=names.stage,
    stages=names.stages,
    topics=lambda language: (),
    describe_entry=telling.tell,
    event_colours=telling.COLOURS,
    silent_events=telling.SILENT,
    passed_over_events=telling.PASSED_OVER,
    page=lambda reference: reverse("questions:question", args=[reference]),
    work_page=lambda reference: reverse("questions:work_page", args=[reference]),
    own_page=own.own_page,
    opened_by=own.asked_among,
    search_parts=questions.search_parts,
    hidden_names=questions.matters_named,
    messages=names.MESSAGES,
    # A first answer by e-mail needs the mail address of each question; until then people write by their link.
    reply_address=None,
    take_mail=None,
    begin_by_mail=None,
    kept_words=commitments.list_kept,
    worklist=WORKLIST,
    move_date=actions.move_date,
    duties={
        events.QuestionEscalated.kind: due.told_of,
        events.OfficeReminded.kind: due.told_of_reminder,
    },
)

BOX = Box(
    package="sala.services.lawmaking",
    kinds=(QUESTION, HEARING),
    addresses=(
        ("hearings/", "sala.services.lawmaking.urls.hearings"),
        ("laws/questions/", "sala.services.lawmaking.urls.questions"),
        ("laws/", "sala.services.lawmaking.urls.laws"),
    ),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=Door(
        key="laws",
        url_name="laws:start",
        name=gettext_lazy("Laws"),
        title=gettext_lazy("Read a law, or ask what it means"),
        line=gettext_lazy(
            "Every section with its own address, and the answers of the offices that apply it."
        ),
        ways=(
            Way(
                "laws",
                gettext_lazy("Read a law"),
                gettext_lazy("By words, section or year; what changed, word by word"),
                "laws:start",
            ),
            Way(
                "hear",
                gettext_lazy("Speak before it is decided"),
                gettext_lazy("Drafts and policies on which offices ask what you think"),
                "hearings:start",
            ),
            Way(
                "tell",
                gettext_lazy("Ask what a law means"),
                gettext_lazy("No lawyer's words needed; the office answers with the section"),
                "questions:new",
            ),
        ),
    ),
    refusals={**names.REFUSALS, **LAW_REFUSALS, **hearing_names.REFUSALS},
    event_words={
        "lawmaking.law_published": gettext_lazy("The text of a law came into the library"),
        events.HearingCommented.kind: gettext_lazy("Somebody spoke in a hearing"),
    },
    purposes=(
        (
            Purpose("answer_legal_question", Basis.PUBLIC_TASK),
            gettext_lazy("To answer your legal question"),
        ),
    ),
    consents={},
    held=(
        Held(
            code="legal_questions",
            name=gettext_lazy("What you asked about laws"),
            list_own=_list_asked,
            export=own.export_asked,
            erase=erase_person,
        ),
        Held(
            code="comments",
            name=gettext_lazy("What you said in hearings"),
            list_own=_list_said,
            export=participation.export_comments,
            erase=erase_commenter,
        ),
    ),
    held_names={"name_shown": gettext_lazy("Name shown with it")},
    held_codes={},
    work_places=places,
    figures_of=_figures_of,
    front=None,
    topic_name=None,
    tables=(OFFICES, ANSWERS, LAWS, PROVISIONS, HEARINGS, COMMENTS),
    imports=(
        Importer(
            name="laws",
            title=gettext_lazy("Texts of laws"),
            line="Texts of laws: a folder of .txt files named CODE@DAY.txt, or a table with name, text, source, url.",
            columns=(
                Column(name="name", kind=ColumnKind.ID, is_needed=True),
                Column(name="text", kind=ColumnKind.ID, is_needed=True),
                *(Column(name=name) for name in ("agency", "source", "url")),
            ),
            take=actions.import_laws,
            batch=1,
            take_back=actions.take_back_laws,
            takes_texts=True,
            samples=(("thai-law-texts/*.txt", ""),),
        ),
        Importer(
            name="question-periods",
            title=gettext_lazy("Periods of legal questions"),
            line="Periods of legal questions: code, days, unit, law_th, law_en, valid_from, valid_until.",
            columns=(
                *(Column(name=name, is_needed=True) for name in ("code", "days", "law_th", "law_en")),
                Column(name="valid_from", kind=ColumnKind.DAY, is_needed=True),
                Column(name="valid_until", kind=ColumnKind.DAY),
                *(Column(name=name) for name in ("unit", "basis", "counted_from", "source")),
            ),
            take=partial(deadlines.import_periods, kind=KIND),
        ),
    ),
    metrics=_count_by_standing,
    preparations=(
        "sala.services.lawmaking.seeds:seed_periods",
        "sala.services.lawmaking.seeds:seed_hearing_periods",
    ),
    demonstration="sala.services.lawmaking.demonstration",
    help_template="",
)
