"""What complaints tell the site of themselves: read this to know everything that the rest of Sala knows of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.commons.deadlines import actions as deadlines
from sala.commons.identity.slots import Basis, ConsentAsked, OwnThing, Purpose
from sala.core.columns import Column
from sala.core.columns import Kind as ColumnKind
from sala.platform.registration import Box, Door, Held, Importer, Kind, Way
from sala.services.complaints import actions, events, mail, mappings, queries, urls, words
from sala.services.complaints.actions.erasure import erase_person
from sala.services.complaints.front import front
from sala.services.complaints.places import places
from sala.services.complaints.queries import appeals, cached_figures, commitments, own, watch
from sala.services.complaints.tables import AGENCY_FIGURES
from sala.services.complaints.views import open311
from sala.services.complaints.views.programs import router
from sala.services.complaints.worklist import WORKLIST

CODE = "complaint"


def _list_filed(person_id: int) -> list[OwnThing]:
    """The complaints a person filed, and what they are asked."""
    return [
        OwnThing(
            c.matter.title or c.matter.reference,
            reverse("complaints:own", args=[c.matter.reference]),
            c.matter.reference,
            *words.own_status(c, is_asked=is_asked),
        )
        for c, is_asked in own.list_filed(person_id)
    ]


def _begin(typed: str) -> tuple[str, str]:
    carried = f"?{urlencode({'text': typed})}" if typed else ""
    return _("File a complaint"), reverse("complaints:new") + carried


def _count_by_status(now: datetime) -> Iterator[tuple[str, str, str, Mapping[str, int]]]:
    yield "sala_complaints", "Complaints by where they stand", "status", cached_figures.by_status(now)


COMPLAINT = Kind(
    code=CODE,
    letters="C",
    name=gettext_lazy("Complaint"),
    plural=gettext_lazy("Complaints"),
    begin=_begin,
    stage=words.stage,
    stages=words.stages,
    topics=queries.topic_names,
    describe_entry=words.tell,
    event_colours={
        events.ComplaintResolved.kind: "ok",
        events.ComplaintConfirmed.kind: "ok",
        events.ClockPaused.kind: "wait",
        events.ComplaintReopened.kind: "wait",
        events.ComplaintEscalated.kind: "late",
        events.ComplaintLapsed.kind: "still",
        events.ComplaintRejected.kind: "still",
    },
    silent_events=words.SILENT,
    passed_over_events=frozenset(
        {
            events.NoteAdded.kind,
            events.PersonJoined.kind,
            events.TextMasked.kind,
            events.ComplaintQuarantined.kind,
            events.DateMoved.kind,
            events.ImportTakenBack.kind,
        }
    ),
    page=lambda reference: reverse("complaints:complaint", args=[reference]),
    work_page=lambda reference: reverse("complaints:work_page", args=[reference]),
    own_page=own.own_page,
    opened_by=own.filed_among,
    search_parts=queries.search_parts,
    hidden_names=queries.matters_named,
    messages=words.MESSAGES,
    worklist=WORKLIST,
    reply_address=mail.reply_address,
    take_mail=mail.take_mail,
    # A first letter is a request for information: a complaint needs a place and a topic, which a letter lacks.
    begin_by_mail=None,
    move_date=actions.move_date,
    kept_words=commitments.list_kept,
    duties={
        events.ComplaintEscalated.kind: watch.told_of,
        events.ComplaintAppealed.kind: appeals.told_of,
    },
)

BOX = Box(
    package="sala.services.complaints",
    kinds=(COMPLAINT,),
    addresses=(("complaints/", "sala.services.complaints.urls"),),
    machine_addresses=tuple(urls.machine_urlpatterns),
    routers=(("/complaints", router),),
    refuse_programs={open311.BASE: open311.refuse},
    door=Door(
        key="complaints",
        url_name="complaints:start",
        name=gettext_lazy("Complain"),
        title=gettext_lazy("Tell us about a problem"),
        line=gettext_lazy("Tell it once. It reaches the office that can fix it, and you see every step."),
        ways=(
            Way(
                "lock",
                gettext_lazy("Tell something confidential"),
                gettext_lazy("Corruption or threats: nobody outside the office can read it"),
                "complaints:new",
                "?privacy=confidential",
            ),
            Way(
                "figures",
                gettext_lazy("How each office performs"),
                gettext_lazy("Every figure with how it is counted, to download and check"),
                "complaints:figures",
            ),
        ),
        pages=(
            ("tell", "complaints:start"),
            ("track", "complaints:track"),
            ("figures", "complaints:figures"),
        ),
    ),
    refusals=words.REFUSALS,
    event_words={},
    purposes=((Purpose("handle_complaint", Basis.PUBLIC_TASK), gettext_lazy("To handle your complaint")),),
    consents={
        # What people may agree to, where a law or a public task is not the basis.
        "agreed_research": ConsentAsked(
            wording="2026-1",
            name=gettext_lazy("Research into how the state answers"),
            text=gettext_lazy(
                "Researchers working with an agency may read what you wrote in your complaints, word for word. They"
                " may not pass it on or contact you. You see each time they look, and may take this back at any time."
            ),
        )
    },
    held=(
        Held(
            code="complaints",
            name=gettext_lazy("Complaints you filed"),
            list_own=_list_filed,
            export=own.export_filed,
            erase=erase_person,
        ),
    ),
    held_names=words.HELD,
    held_codes={"status": lambda code: words.stage(code)[0], "privacy": words.privacy},
    work_places=places,
    figures_of=words.figures_of,
    front=front,
    topic_name=words.topic_name,
    tables=(AGENCY_FIGURES,),
    imports=(
        Importer(
            name="periods",
            title=gettext_lazy("Periods of complaints"),
            line="Legal periods: code, topic, days, unit, law_th, law_en, valid_from, valid_until.",
            columns=(
                *(Column(name=name, is_needed=True) for name in ("code", "days", "law_th", "law_en")),
                Column(name="valid_from", kind=ColumnKind.DAY, is_needed=True),
                Column(name="valid_until", kind=ColumnKind.DAY),
                *(Column(name=name) for name in ("topic", "unit", "basis", "counted_from", "source")),
            ),
            take=partial(deadlines.import_periods, kind=CODE),
        ),
        Importer(
            name="complaints",
            title=gettext_lazy("Complaints of an earlier system"),
            line="Complaints of an agency's earlier system, by a mapping file that says which column is what.",
            columns=mappings.COLUMNS,
            options=mappings.OPTIONS,
            take=actions.take_complaints,
            rehearse=actions.rehearse_complaints,
            take_back=actions.take_back,
            batch=500,
            needs_mapping=True,
            mapping_folder="sala.services.complaints:data/mappings",
            samples=(
                ("complaints-311/boston311*.csv", "boston311"),
                ("complaints-311/nyc311*.csv", "nyc311"),
            ),
        ),
    ),
    metrics=_count_by_status,
    preparations=(
        "sala.services.complaints.seeds:seed_periods",
        "sala.services.complaints.first_model:prepare_model",
        "sala.services.complaints.seeds:cover_old_texts",
    ),
    demonstration="sala.services.complaints.demonstration",
    help_template="",
)
