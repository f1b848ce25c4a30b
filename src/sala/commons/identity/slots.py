"""What identity needs from the boxes above it; `site/subscriptions.py` fills these once, at start-up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.utils.functional import Promise

from sala.commons.identity.rules import Basis, Purpose, StepUp
from sala.core.actors import Actor, Grant
from sala.platform.letters import Letter


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """What people may agree to: the version of the wording, a short name, and all that it means for them."""

    wording: str
    name: str | Promise
    text: str | Promise


class OwnThing(NamedTuple):
    """A line of a person's own page: what it is, where it leads, its number, how it stands and the tag's colour."""

    label: str
    address: str
    number: str = ""
    stands: str = ""
    colour: str = ""


__all__ = ["Basis", "ConsentAsked", "OwnThing", "Purpose", "StepUp"]

type_of_grants = Callable[[int], tuple[Grant, ...]]


def _no_grants(person_id: int) -> tuple[Grant, ...]:
    return ()


def _no_work(actor: Actor) -> Sequence[tuple[str, str]]:
    return ()


# The roles a person holds now, for `Actor.grants`; one query. Filled by agencies.
grants_of: type_of_grants = _no_grants

# Erase what a box holds of a person; runs inside the erasing transaction. (name, function of person id)
on_erase: list[tuple[str, Callable[[int], None]]] = []

# What a box holds of a person, as JSON values, for the export of one's own data.
on_export: list[tuple[str, Callable[[int], Any]]] = []

# What the pieces of held data are called, and how the codes among them are said, by the name of the piece.
held_names: dict[str, str | Promise] = {}
held_codes: dict[str, Callable[[str], str]] = {}

# Why staff may look at personal data, and what each purpose is called; by its code.
purposes: dict[str, Purpose] = {}
purpose_words: dict[str, str | Promise] = {}

# A person's own things for the page "me": (heading, function of person id).
own_lists: list[tuple[str | Promise, Callable[[int], Sequence[OwnThing]]]] = []

# Where staff work: (label, address) of the pages an actor's roles open, the first one first. Filled by services.
work_of: Callable[[Actor], Sequence[tuple[str, str]]] = _no_work

# What must be proven before some acts, by purpose code (`StepUp`). Filled by the boxes of those acts.
step_ups: dict[str, StepUp] = {}

# What people may agree to, by purpose; a look on the basis of consent needs one in force.
consents_asked: dict[str, ConsentAsked] = {}

# An agency's name in the reader's language, by code. Filled by agencies.
agency_name: Callable[[str], str] = str


class Post(Protocol):
    """Puts letters into the outbox; how many of them are new."""

    def __call__(self, letters: Sequence[Letter], *, now: datetime) -> int: ...


def _nowhere(letters: Sequence[Letter], *, now: datetime) -> int:
    raise LookupError("no box takes letters: the site has not connected its boxes")


# Where letters go. Filled by correspondence.
post: Post = _nowhere
