"""The doors of the site in their fixed order; a service that is not built yet has a page that says so."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sala.platform.registration import Door, Way
from sala.site import boxes


@dataclass(frozen=True)
class WayIn:
    """A door as it is shown: where it leads today, and whether its service is there."""

    door: Door
    address: str
    is_open: bool

    @property
    def key(self) -> str:
        """The door's own key, which also names its picture."""
        return self.door.key

    @property
    def name(self) -> str:
        """Its word in the navigation."""
        return str(self.door.name)

    @property
    def title(self) -> str:
        """What a person does there."""
        return str(self.door.title)

    @property
    def line(self) -> str:
        """What it is for, in a sentence."""
        return str(self.door.line)


# Services that are not built yet: their doors say so, and name no page and no box, since neither is there. A box that
# brings the door of the same key takes its place.
PLANNED = (
    Door(
        key="laws",
        url_name="",
        name=_("Laws"),
        title=_("Propose and discuss laws"),
        line=_("Read the draft, see one another's views, sign a proposal."),
        plans=(
            _("Every draft that is open for views, with its deadline and who must answer."),
            _("Comment on one section, and see where people agree and where they do not."),
            _("Collect signatures for a proposal of the people, and follow it to Parliament."),
        ),
    ),
    Door(
        key="budget",
        url_name="",
        name=_("Budget"),
        title=_("Follow and shape the budget"),
        line=_("Where each baht goes: who asked, who cut, who received."),
        plans=(
            _("Each project from the request to the payment, with the gaps shown as gaps."),
            _("Propose and vote on projects where your local authority lets people decide."),
            _("Ask about a project, and get an answer in public."),
        ),
    ),
    Door(
        key="procurement",
        url_name="",
        name=_("Procurement"),
        title=_("Follow public procurement"),
        line=_("Every notice, contract and instalment in one place."),
        plans=(
            _("Every announcement, bid, contract and payment as open data."),
            _("Reasons to look closer at a purchase, each with the rule that found it."),
            _("Tell what you saw at the building site, with a photo."),
        ),
    ),
)


# Pages of commons that the frame of every page links to; services bring theirs with their door (`Door.pages`).
FRAME = {
    "mine": ("identity:me",),
    "sign_in": ("identity:sign_in",),
    "access_record": ("identity:access_record",),
    "matters": ("matters:list",),
    "agencies": ("agencies:list",),
    "ledger": ("ledger:home", "ledger:latest"),
}


def first_address(*url_names: str) -> str:
    """The address of the first of these named pages that exists, empty while none does."""
    for name in url_names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


@lru_cache
def every_door() -> tuple[Door, ...]:
    """The doors in the order of the navigation: those of services that are there, then those that are planned."""
    built = list(boxes.found_at(lambda box: box.door))
    there = {door.key for _, door in built}
    services = [door for box, door in built if box.package.startswith("sala.services.")]
    others = [door for box, door in built if not box.package.startswith("sala.services.")]
    return (*services, *(door for door in PLANNED if door.key not in there), *others)


def doors() -> list[WayIn]:
    """Each way in with its address in the reader's language."""
    return [_way_in(door) for door in every_door()]


def find_door(key: str) -> WayIn | None:
    """The way in of this key, or None."""
    return next((_way_in(door) for door in every_door() if door.key == key), None)


def _way_in(door: Door) -> WayIn:
    own = first_address(door.url_name)
    return WayIn(door, own or reverse("coming", args=[door.key]), bool(own))


# What anybody can do on the spine itself; services add their own ways (`Door.ways`).
WAYS = (
    Way(
        "near",
        _("Matters near you"),
        _("What others have told; join in instead of telling it again"),
        "matters:list",
    ),
    Way("office", _("Find an office"), _("Where it is, when it is open, how to reach it"), "agencies:list"),
    Way("file", _("Open data"), _("Every public table as a file, without a key"), "tables:catalogue"),
    Way("proof", _("Check the evidence"), _("Prove that nobody changed the past"), "ledger:home"),
)


def ways() -> list[dict[str, str]]:
    """What a person can do here today, services first: drawn sign, title, line and address of each."""
    own = [way for door in every_door() for way in door.ways]
    found = [(way, first_address(way.url_name)) for way in (*own, *WAYS)]
    return [
        {"icon": way.icon, "title": str(way.title), "line": str(way.line), "address": address + way.query}
        for way, address in found
        if address
    ]


@lru_cache
def addresses(language: str) -> dict[str, str]:
    """Where each door and each page of the frame is in this language; looked up once."""
    with override(language):
        known = {way.key: way.address for way in doors()}
        known |= {part: first_address(*names) for part, names in FRAME.items()}
        for door in every_door():
            for part, name in door.pages:
                known[part] = known.get(part) or first_address(name)
        return known


def ways_in(language: str) -> list[tuple[str, str]]:
    """(address, name) of each door in the order of the navigation, for the frame of every page."""
    known = addresses(language)
    return [(known[door.key], str(door.name)) for door in every_door()]
