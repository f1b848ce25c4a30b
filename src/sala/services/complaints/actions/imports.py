"""Bringing in what an agency's earlier system holds: each complaint once, with its own times and outcome."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sala.commons.agencies import actions as agency_actions
from sala.commons.agencies import queries as agencies
from sala.commons.correspondence import actions as correspondence
from sala.commons.drafts import actions as drafts
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation.queries import words_committed
from sala.commons.places import queries as places
from sala.core.actors import Actor
from sala.core.tables import BadRow, Outcome, Row, Unfit
from sala.engines import thai
from sala.engines.thai.public_text import NOTHING, PublicText, within
from sala.services.complaints import events, mappings, permissions
from sala.services.complaints.actions.intake import tail_digest
from sala.services.complaints.actions.records import iso_day, ledger_name
from sala.services.complaints.mappings import Incoming
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact
from sala.services.complaints.queries.point import sealed_point
from sala.services.complaints.rules import Privacy

# So many rows of a batch are shown as they would land: covering their words costs more than reading them.
MOST_LANDED = 20


@ledger.action_on_many("each complaint of the earlier system leaves an entry of its own")
def take_complaints(
    *, actor: Actor, now: datetime, rows: Iterable[Row], options: Mapping[str, str]
) -> Outcome:
    """Complaints of a table (our names -> cells) are here afterwards, each once; those that cannot be are told.

    `options` are those of the mapping file, with its source. Raises Refused.
    """
    permissions.require_may_import(actor)
    outcome = Outcome()
    for _, row in _new(rows, options, outcome):
        _land(row, actor, now, outcome)
    return outcome


@ledger.action_without_entry("nothing is written: whoever imports sees what would land")
def rehearse_complaints(
    *, actor: Actor, now: datetime, rows: Iterable[Row], options: Mapping[str, str]
) -> Outcome:
    """What `take_complaints` would do, and how the first rows would land. No number is used up for it."""
    permissions.require_may_import(actor)
    outcome = Outcome()
    for line, row in _new(rows, options, outcome):
        outcome.added += 1
        if len(outcome.landed) < MOST_LANDED:
            outcome.landed[line] = _landed(row)
    return outcome


@ledger.action_on_many("each complaint of the earlier system leaves an entry of its own")
def import_complaints(*, actor: Actor, now: datetime, rows: Sequence[Incoming]) -> Outcome:
    """Complaints of another system are here afterwards, each once; what was imported before stays as it is."""
    permissions.require_may_import(actor)
    outcome, known = Outcome(), _known(rows)
    for row in rows:
        if (row.source, row.source_id) in known:
            outcome.unchanged += 1
            continue
        known.add((row.source, row.source_id))
        _land(row, actor, now, outcome)
    return outcome


def _known(rows: Sequence[Incoming]) -> set[tuple[str, str]]:
    """Which of these were brought in before, by source and number. One query."""
    found = Complaint.objects.filter(
        source__in={row.source for row in rows}, source_id__in=[row.source_id for row in rows]
    )
    return set(found.values_list("source", "source_id"))


def _new(rows: Iterable[Row], options: Mapping[str, str], outcome: Outcome) -> list[tuple[int, Incoming]]:
    """Those of the rows that are not here yet, each with its office and its place; what cannot be is told."""
    read: list[tuple[int, Incoming]] = []
    for line, cells in rows:
        try:
            read.append((line, mappings.read_incoming(cells, options)))
        except Unfit as unfit:
            outcome.bad.append(BadRow(line, unfit.column, "", unfit.reason))
    known, here = _known([row for _, row in read]), set()
    offices, found = _Offices(options, outcome), []
    for line, row in read:
        if row.source_id in here:
            outcome.bad.append(BadRow(line, "id", row.source_id, "repeated"))
        elif (row.source, row.source_id) in known:
            outcome.unchanged += 1
        else:
            try:
                found.append((line, _placed(offices.settle(row), options, outcome)))
            except Unfit as unfit:
                outcome.bad.append(BadRow(line, unfit.column, "", unfit.reason))
        here.add(row.source_id)
    return found


@dataclass(slots=True)
class _Offices:
    """Finds the office that a row names, in whatever spelling; one that is not here is made once, and told."""

    options: Mapping[str, str]
    outcome: Outcome
    found: dict[str, tuple[str, str]] = field(default_factory=dict)

    def settle(self, row: Incoming) -> Incoming:
        """The row with the code of its office, and the name of one that must be made. Raises Unfit."""
        if row.agency:  # the mapping file names one of ours
            if agencies.find_agency(row.agency) is None:
                raise Unfit("agency", "unknown_code")
            return replace(row, agency_name="")
        told = mappings.office_name(row.agency_name)
        key = mappings.fold_office(told)
        if key not in self.found:
            self.found[key] = self._known(told) or self._new(told)
        code, name = self.found[key]
        if name:
            self.outcome.notes["new_office", name] += 1
        return replace(row, agency=code, agency_name=name)

    def _known(self, told: str) -> tuple[str, str] | None:
        """An office of ours: by its code; by the code it has from an earlier import; by its name without a doubt."""
        prefix = self.options["agency_prefix"]
        for code in (told, mappings.office_code(prefix, told)):
            if agencies.find_agency(code):
                return code, ""
        named = agencies.list_named(self._full_name(told))
        if len(named) > 1:
            named = [code for code in named if prefix and code.startswith(f"{prefix}-")]
            if len(named) != 1:
                raise Unfit("agency", "several_offices")
        return (named[0], "") if named else None

    def _new(self, told: str) -> tuple[str, str]:
        name = self._full_name(told)
        if self.options["new_offices"] != "make":
            raise Unfit("agency", "unknown_office")
        if len(name) > mappings.LONGEST_NAME:
            raise Unfit("agency", "too_long")
        for code, label in agencies.suggest_agencies(told, language="th", limit=1):
            self.outcome.notes["like_office", f"{name} → {label} [{code}]"] += 1
        return mappings.office_code(self.options["agency_prefix"], told), name

    def _full_name(self, told: str) -> str:
        return f"{self.options['agency_name']} {told}".strip()


def _placed(row: Incoming, options: Mapping[str, str], outcome: Outcome) -> Incoming:
    """The row with its area: the one it names, else that of its point, else what its words mean without a doubt."""
    latitude, longitude = row.latitude, row.longitude
    problem = ""
    if latitude is not None and longitude is not None:
        place = places.place_of_point(latitude, longitude)
        problem = place.problem
        if problem and options["points_elsewhere"] != "keep":
            raise Unfit("latitude", problem)
        if problem == "point_at_zero":
            outcome.notes["point_left_out", ""] += 1
            latitude = longitude = None
    if len(thai.cover(row.place)) > mappings.LONGEST_PLACE:
        raise Unfit("place", "too_long")
    if row.area:
        area = row.area if places.find_area(row.area) else places.read_words(row.area).sure
        if not area:
            raise Unfit("area", "unknown_code")
    elif row.latitude is not None and row.longitude is not None:
        area = "" if problem else places.place_of_point(row.latitude, row.longitude).code
    else:
        area = places.read_words(row.place).sure if row.place else ""
    return replace(row, area=area, latitude=latitude, longitude=longitude)


def _landed(row: Incoming) -> dict[str, str]:
    """How a row lands, in the words everyone would read."""
    is_public = row.privacy is Privacy.PUBLIC
    return {
        "id": row.source_id,
        "text": thai.cover(row.text) if is_public else "",
        "agency": row.agency,
        "topic": row.topic,
        "status": row.status.value,
        "privacy": row.privacy.value,
        "opened_at": row.opened_at.isoformat(),
        "due_at": row.due_at.isoformat() if row.due_at else "",
        "closed_at": row.closed_at.isoformat() if row.closed_at else "",
        "area": row.area,
        "place": thai.cover(row.place),
    }


def _land(row: Incoming, actor: Actor, now: datetime, outcome: Outcome) -> None:
    name = within(thai.cover(row.agency_name), mappings.LONGEST_NAME)
    if made := agency_actions.ensure_agency(code=row.agency, name=name):
        outcome.keys.append(made)
    outcome.keys.append(f"complaint:{_take(row, actor, now).pk}")
    outcome.added += 1


def _take(row: Incoming, actor: Actor, now: datetime) -> Complaint:
    is_public = row.privacy is Privacy.PUBLIC
    public_text = thai.cover(row.text) if is_public else NOTHING
    matter = _opened(row, public_text, now)
    name, salt = ledger_name(matter, row.privacy), secrets.token_bytes(16)
    is_hidden = name.matter != matter.reference
    recorded = ledger.record_entry(
        events.ComplaintImported(
            matter=name.matter,
            agency=name.agency,
            area=name.area,
            topic="" if is_hidden else row.topic,
            source="" if is_hidden else row.source,
            status="" if is_hidden else row.status.value,
            opened_on="" if is_hidden else iso_day(row.opened_at),
            closed_on=(None if is_hidden else iso_day(row.closed_at)) or None,
        ),
        actor=actor,
        at=now,
        secret=words_committed(public_text, row.text, salt),
    )
    shown = places.Shown(row.shown)
    contact = Contact(*row.contact)
    complaint = Complaint.objects.create(
        matter=matter,
        status=row.status.value,
        privacy=row.privacy.value,
        channel=row.channel.value,
        hidden_name=name.matter if is_hidden else "",
        original=row.text,
        public_text=public_text,
        salt=(recorded.salt or b"") + salt,
        entry_id=recorded.entry_id,
        is_triaged=True,
        last_word="resolution" if row.answer else "",
        contact_sealed=contact.sealed(),
        point_sealed=sealed_point(row.latitude, row.longitude, shown),
        phone_tail_digest=tail_digest(matter.reference, contact.phone),
        phone_digest=permissions.phone_digest(contact.phone),
        key_digest=drafts.key_digest("complaint", secrets.token_urlsafe(12)),
        outcome=row.outcome.value if row.outcome else "",
        source=row.source,
        source_id=row.source_id,
    )
    if row.answer:
        correspondence.bring_message(
            matter,
            kind="resolution",
            text=row.answer,
            public_text=thai.cover(row.answer) if is_public else NOTHING,
            agency=row.agency,
            at=row.closed_at or row.opened_at,
        )
    return complaint


def _opened(row: Incoming, public_text: PublicText, now: datetime) -> matters.Matter:
    latitude, longitude = places.shown_point(row.latitude, row.longitude, places.Shown(row.shown))
    return matters.open_matter(
        matters.NewMatter(
            kind="complaint",
            title=public_text,
            visibility=matters.Visibility(row.privacy.value),
            agency=row.agency,
            stage=row.status.value,
            opened_at=row.opened_at,
            area=row.area,
            place=within(thai.cover(row.place), mappings.LONGEST_PLACE),
            latitude=latitude,
            longitude=longitude,
            topic=row.topic,
            due_at=row.due_at,
            closed_at=row.closed_at,
            updated_at=now,
        )
    )


@ledger.part_of_action("the undoing of the import, of which this is a part, leaves an entry for each")
def take_back(*, actor: Actor, now: datetime, keys: Sequence[str], since: datetime) -> dict[str, str]:
    """Complaints that an import of `since` added are gone, and offices made for them; those that stay, with why.

    A complaint stays once anybody here has done anything with it: an office, the person, or one who joined.
    """
    permissions.require_may_import(actor)
    own = {key: int(key.partition(":")[2]) for key in keys if key.startswith("complaint:")}
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("matter").in_bulk(own.values())
    stays = {}
    for key, number in own.items():
        if (complaint := rows.get(number)) is None:
            continue
        if _is_touched(complaint, since):
            stays[key] = "worked_on"
            continue
        matter = complaint.matter
        name = ledger_name(matter, complaint.privacy)
        event = events.ImportTakenBack(matter=name.matter, agency=name.agency, area=name.area)
        ledger.record_entry(event, actor=actor, at=now)
        complaint.delete()
        matters.remove_matter(matter)
    rest = [key for key in keys if key not in own]
    return stays | (agency_actions.take_back(actor=actor, now=now, keys=rest, since=since) if rest else {})


def _is_touched(complaint: Complaint, since: datetime) -> bool:
    """Whether anything happened to it since it came: every act moves the matter's own time, or leaves a row."""
    matter = complaint.matter
    return bool(
        matter.updated_at != since
        or complaint.adopted_at
        or complaint.person_id
        or matter.follows.filter(is_duty=False).exists()
        or matter.files.exists()
        or matter.collections.exists()
        or complaint.parts.exists()
        or matter.messages.filter(entry_id__isnull=False).exists()
    )
