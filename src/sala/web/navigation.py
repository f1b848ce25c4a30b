"""The doors of the site in their fixed order; a service that is not built yet has a page that says so."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


@dataclass(frozen=True)
class Door:
    """One way in. `url_name` is the service's own first page, `plans` what it will hold until it has one."""

    key: str
    url_name: str
    name: Promise
    title: Promise
    line: Promise
    plans: tuple[Promise, ...] = ()

    @property
    def own_address(self) -> str | None:
        """The address of the service's first page, None while the service is not built."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return None

    @property
    def address(self) -> str:
        """Where the door leads today."""
        return self.own_address or reverse("coming", args=[self.key])


DOORS = (
    Door(
        "complaints",
        "complaints:start",
        _("Complain"),
        _("Tell us about a problem"),
        _("Tell it once. It reaches the office that can fix it, and you see every step."),
        (
            _("Tell what happened in your own words; choosing a category is never needed."),
            _("Get a number and an expected date at once, without an account."),
            _("See who holds your complaint now, and say yourself whether it was really fixed."),
        ),
    ),
    Door(
        "laws",
        "lawmaking:start",
        _("Laws"),
        _("Propose and discuss laws"),
        _("Read the draft, see one another's views, sign a proposal."),
        (
            _("Every draft that is open for views, with its deadline and who must answer."),
            _("Comment on one section, and see where people agree and where they do not."),
            _("Collect signatures for a proposal of the people, and follow it to Parliament."),
        ),
    ),
    Door(
        "budget",
        "budgeting:start",
        _("Budget"),
        _("Follow and shape the budget"),
        _("Where each baht goes: who asked, who cut, who received."),
        (
            _("Each project from the request to the payment, with the gaps shown as gaps."),
            _("Propose and vote on projects where your local authority lets people decide."),
            _("Ask about a project, and get an answer in public."),
        ),
    ),
    Door(
        "procurement",
        "procurement:start",
        _("Procurement"),
        _("Watch public buying"),
        _("Every notice, contract and instalment in one place."),
        (
            _("Every announcement, bid, contract and payment as open data."),
            _("Reasons to look closer at a purchase, each with the rule that found it."),
            _("Tell what you saw at the building site, with a photo."),
        ),
    ),
)
OPEN_DATA = Door(
    "data",
    "opendata:start",
    _("Open data"),
    _("Open data"),
    _("Each public table of this site as a file, without a key."),
    (
        _("Each public table as CSV and JSON, and a feed of what changes."),
        _("A description of each column, and since when it has been counted."),
    ),
)
EVERY_DOOR = {door.key: door for door in (*DOORS, OPEN_DATA)}


# Pages of the boxes that the frame of every page links to; the first name that exists is used.
FRAME = {
    "mine": ("identity:me",),
    "sign_in": ("identity:sign_in",),
    "access_record": ("identity:access_record",),
    "matters": ("matters:list",),
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
def addresses(language: str) -> dict[str, str]:
    """Where each door and each page of the frame is in this language; looked up once."""
    with override(language):
        return {key: door.address for key, door in EVERY_DOOR.items()} | {
            key: first_address(*names) for key, names in FRAME.items()
        }
