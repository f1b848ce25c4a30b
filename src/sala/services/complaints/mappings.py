"""A complaint of another system in our words: which columns a table of them may have, how a row is read. Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sala.core.actors import Channel
from sala.core.columns import Column, Kind
from sala.core.tables import Unfit
from sala.engines import thai
from sala.platform import seals
from sala.services.complaints.rules import Outcome, Privacy, Status

# Of these years a complaint can be: its number tells the Buddhist year in two digits.
YEARS = range(1958, 2056)
LONGEST_ID = 80
LONGEST_CODE = 40
LONGEST_PLACE = 300
LONGEST_NAME = 200

COLUMNS = (
    Column(name="id", kind=Kind.ID, is_needed=True, longest=LONGEST_ID),
    Column(name="opened_at", kind=Kind.MOMENT, is_needed=True, may_come=False),
    Column(name="due_at", kind=Kind.MOMENT),
    Column(name="closed_at", kind=Kind.MOMENT, may_come=False),
    Column(name="status", table="statuses", codes=frozenset(Status)),
    Column(name="channel", table="channels", codes=frozenset(Channel), other=Channel.IMPORT.value),
    Column(name="privacy", table="privacies", codes=frozenset(Privacy)),
    Column(name="category", is_needed=True),
    # What a category is with us; one that the mapping does not name keeps its words and becomes "other".
    Column(
        name="topic",
        table="topics",
        like="category",
        codes=frozenset(topic.code for topic in thai.complaint_topics()),
        other=thai.OTHER,
    ),
    Column(name="title"),
    Column(name="text"),
    Column(name="outcome"),
    Column(name="agency", is_needed=True, longest=LONGEST_NAME),
    # Offices of theirs that are ours, by our code; the others are found by their name.
    Column(name="agency_code", table="agencies", like="agency", other=""),
    Column(name="place"),
    Column(name="area_words"),
    Column(name="area", kind=Kind.ID),
    Column(name="latitude", kind=Kind.DEGREES),
    Column(name="longitude", kind=Kind.DEGREES),
    Column(name="contact_name", longest=LONGEST_NAME),
    Column(name="contact_phone", kind=Kind.ID, longest=40),
    Column(name="contact_email", longest=254),
)

# What a mapping file may say beside its columns. `points`: how much of a point everyone sees. `points_elsewhere`:
# what becomes of a row whose point lies outside the country: "refuse" or "keep". `new_offices`: "make" or "refuse".
OPTIONS: Mapping[str, str | None] = {
    "agency_prefix": None,
    "agency_name": None,
    "points": "about",
    "points_elsewhere": "refuse",
    "new_offices": "make",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One complaint of another system in our words; times aware, latitude and longitude in degrees.

    `agency` is the code of the office, `agency_name` the name of one that is not here yet. `shown` is how much of
    the point everyone sees.
    """

    source: str
    source_id: str
    text: str
    topic: str
    agency: str
    agency_name: str
    status: Status
    outcome: Outcome | None
    answer: str
    channel: Channel
    place: str
    latitude: float | None
    longitude: float | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    area: str = ""
    shown: str = "exact"
    privacy: Privacy = Privacy.PUBLIC
    contact: tuple[str, str, str] = ("", "", "")


def read_incoming(cells: Mapping[str, str], options: Mapping[str, str]) -> Incoming:
    """One row as a complaint, its office by the name they gave it. Raises Unfit for one that cannot be."""
    opened_at, closed_at = _instant(cells, "opened_at"), _instant(cells, "closed_at")
    assert opened_at is not None  # needed, so it is there or the row was refused before
    if closed_at and closed_at < opened_at:
        raise Unfit("closed_at", "before_it_was_opened")
    status = Status(cells.get("status") or Status.RECEIVED)
    is_closed = status in (Status.CLOSED, Status.REJECTED)
    latitude, longitude = _degrees(cells, "latitude", 90), _degrees(cells, "longitude", 180)
    has_point = latitude is not None and longitude is not None
    told = [cells["category"], cells.get("title", ""), cells.get("text", "")]
    return Incoming(
        source=options["source"],
        source_id=cells["id"],
        text=": ".join(dict.fromkeys(filter(None, told))),
        topic=cells.get("topic") or thai.OTHER,
        agency=cells.get("agency_code", ""),
        agency_name=cells["agency"].strip("_"),
        status=status,
        outcome=Outcome.UNCONFIRMED if is_closed else None,
        answer=cells.get("outcome", ""),
        channel=Channel(cells.get("channel") or Channel.IMPORT),
        place=" ".join(filter(None, [cells.get("place", ""), cells.get("area_words", "")])),
        latitude=latitude if has_point else None,
        longitude=longitude if has_point else None,
        opened_at=opened_at,
        due_at=_instant(cells, "due_at"),
        closed_at=(closed_at or opened_at) if is_closed else None,
        area=cells.get("area", ""),
        shown=options["points"],
        privacy=Privacy(cells.get("privacy") or Privacy.PUBLIC),
        contact=(
            cells.get("contact_name", ""),
            cells.get("contact_phone", ""),
            cells.get("contact_email", ""),
        ),
    )


def _instant(cells: Mapping[str, str], name: str) -> datetime | None:
    text = cells.get(name, "")
    if not text:
        return None
    at = datetime.fromisoformat(text)
    if at.year not in YEARS:
        raise Unfit(name, "unlikely_year")
    return at


def _degrees(cells: Mapping[str, str], name: str, most: int) -> float | None:
    text = cells.get(name, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise Unfit(name, "not_degrees") from None
    if not -most <= value <= most:
        raise Unfit(name, "not_degrees")
    return value


_BRACKET = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]\s*")


def office_name(told: str) -> str:
    """The name of an office without what it tells of people: who is in charge, and on which number.

    A bracket that held such is left out whole; what stands in the name itself is covered.
    """
    kept = _BRACKET.sub(lambda found: found[0] if thai.mask(found[0]).text == found[0] else " ", told)
    return " ".join(thai.mask(kept).text.split())


def fold_office(name: str) -> str:
    """The name as offices are compared by it: spelling, spaces and case of no account."""
    return thai.normalise(name).replace(" ", "").casefold()


def office_code(prefix: str, name: str) -> str:
    """A code that an address can carry, another for another name: what is left out of it is told by a digest.

    Spellings of one name have one code.
    """
    told = f"{prefix}-{name}"
    if thai.find_personal_data(name):
        # A code stands in addresses, feeds and the ledger, and a plain digest of ten digits is found by trying all.
        return f"office-{seals.digest('office-code', prefix, fold_office(name))[:12]}"
    plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in told.lower()).split())
    if len(plain) <= LONGEST_CODE and told.isascii():
        return plain
    digest = hashlib.sha256(f"{prefix}-{fold_office(name)}".encode()).hexdigest()[:8]
    # Signs of a name that is mostly Thai say nothing, and may be what is left of a telephone number.
    begins = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in prefix.lower()).split())
    begins = plain if told.isascii() else begins
    return f"{begins[: LONGEST_CODE - 9].rstrip('-')}-{digest}".lstrip("-")
