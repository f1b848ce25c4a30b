"""What information requests tell the site of themselves."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.commons.deadlines import actions as deadlines
from sala.commons.identity.slots import Basis, OwnThing, Purpose
from sala.core import clock
from sala.core.columns import Column
from sala.core.columns import Kind as ColumnKind
from sala.platform.registration import Box, Door, Held, Importer, Kind, Way
from sala.services.information import actions, events, mail
from sala.services.information.actions.erasure import erase_person
from sala.services.information.front import front
from sala.services.information.places import places
from sala.services.information.queries import commitments, due, figures, own
from sala.services.information.queries import request as requests
from sala.services.information.queries.law import BOARD_TOPIC, KIND
from sala.services.information.tables import DOCUMENTS, OFFICES
from sala.services.information.views.programs import router
from sala.services.information.words import names, telling
from sala.services.information.worklist import WORKLIST


def _begin(typed: str) -> tuple[str, str]:
    carried = f"?{urlencode({'text': typed})}" if typed else ""
    return _("Ask for information"), reverse("information:new") + carried


def _list_asked(person_id: int) -> list[OwnThing]:
    """The requests a person made, and where each stands."""
    return [
        OwnThing(
            request.matter.title or request.matter.reference,
            reverse("information:own", args=[request.matter.reference]),
            request.matter.reference,
            *names.stage(request.standing),
        )
        for request in own.list_asked(person_id)
    ]


def _count_by_standing(now: datetime) -> Iterator[tuple[str, str, str, Mapping[str, int]]]:
    yield (
        "sala_information_requests",
        "Information requests by where they stand",
        "standing",
        figures.by_standing(),
    )


def _figures_of(agency: str, area: str) -> list[tuple[int, str, str]]:
    """What the page of an office shows: how many were asked of it, and how many are late."""
    if not agency:
        return []
    found = figures.office(agency, clock.now())
    if not found.asked:
        return []
    address = f"{reverse('information:figures')}?agency={agency}"
    return [
        (found.asked, _("information requests"), address),
        (found.late_now, _("of them without an answer past the expected day"), address),
    ]


def _topic_name(code: str) -> str:
    """The Board's mandate in words; every other code as it is."""
    return _("Official information") if code == BOARD_TOPIC else code


REQUEST = Kind(
    code=KIND,
    letters="RA",
    name=gettext_lazy("Information request"),
    plural=gettext_lazy("Information requests"),
    begin=_begin,
    stage=names.stage,
    stages=names.stages,
    topics=lambda language: (),
    describe_entry=telling.tell,
    event_colours=telling.COLOURS,
    silent_events=telling.SILENT,
    passed_over_events=telling.PASSED_OVER,
    page=lambda reference: reverse("information:request", args=[reference]),
    work_page=lambda reference: reverse("information:work_page", args=[reference]),
    own_page=own.own_page,
    opened_by=own.asked_among,
    search_parts=requests.search_parts,
    hidden_names=requests.matters_named,
    messages=names.MESSAGES,
    reply_address=mail.reply_address,
    take_mail=mail.take_mail,
    worklist=WORKLIST,
    begin_by_mail=mail.begin_by_mail,
    move_date=actions.move_date,
    kept_words=commitments.list_kept,
    duties={
        events.RequestEscalated.kind: due.told_of,
        events.PersonReminded.kind: due.told_of_reminder,
        events.ComplaintLodged.kind: due.told_of_proceeding,
        events.AppealLodged.kind: due.told_of_proceeding,
    },
)

BOX = Box(
    package="sala.services.information",
    kinds=(REQUEST,),
    addresses=(("information/", "sala.services.information.urls"),),
    machine_addresses=(),
    routers=(("/information", router),),
    refuse_programs={},
    door=Door(
        key="information",
        url_name="information:start",
        name=gettext_lazy("Information"),
        title=gettext_lazy("Ask what an office knows"),
        line=gettext_lazy(
            "Documents, data, decisions: ask once, see the answer here, and what the law lets you do next."
        ),
        ways=(
            Way(
                "search",
                gettext_lazy("Ask an office for information"),
                gettext_lazy("No reason needed; the answer comes here, and others find it too"),
                "information:new",
            ),
        ),
    ),
    refusals=names.REFUSALS,
    event_words={},
    purposes=(
        (
            Purpose("answer_information_request", Basis.PUBLIC_TASK),
            gettext_lazy("To answer your request for information"),
        ),
    ),
    consents={},
    held=(
        Held(
            code="information_requests",
            name=gettext_lazy("What you asked offices"),
            list_own=_list_asked,
            export=own.export_asked,
            erase=erase_person,
        ),
    ),
    held_names={
        "where_it_may_be_found": gettext_lazy("Where it may be found"),
        "what_went_to_the_board": gettext_lazy("What you wrote to the Board"),
        "address": gettext_lazy("Postal address"),
        "on": gettext_lazy("Day"),
    },
    held_codes={},
    work_places=places,
    figures_of=_figures_of,
    front=front,
    topic_name=_topic_name,
    tables=(OFFICES, DOCUMENTS),
    imports=(
        Importer(
            name="request-periods",
            title=gettext_lazy("Periods of information requests"),
            line="Periods of information requests: code, days, unit, law_th, law_en, valid_from, valid_until.",
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
    preparations=("sala.services.information.seeds:seed_periods",),
    demonstration="sala.services.information.demonstration",
    help_template="",
)
