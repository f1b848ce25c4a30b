"""Who acts: a person (or nobody known), the roles they hold, how surely we know them, by which channel."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person may be for an agency. `citizen` and `system` are not granted, they are what is left."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    MODERATOR = "moderator"
    EXECUTIVE = "executive"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Channel(StrEnum):
    """By which way a request reached us."""

    WEB = "web"
    PHONE = "phone"
    COUNTER = "counter"
    PAPER = "paper"
    CHAT = "chat"
    EMAIL = "email"
    API = "api"
    IMPORT = "import"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held for one agency (its code)."""

    role: Role
    agency: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts in an action. `assurance_level` is the IAL, 0 if unknown."""

    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    assurance_level: int = 0
    channel: Channel = Channel.WEB
    is_system: bool = False

    def holds(self, role: Role, agency: str | None = None) -> bool:
        """Whether the actor holds `role`, for `agency` if one is given."""
        return any(g.role == role and (agency is None or g.agency == agency) for g in self.grants)

    def holds_any(self, roles: frozenset[Role], agency: str | None = None) -> bool:
        """Whether the actor holds one of `roles`, for `agency` if one is given."""
        return any(g.role in roles and (agency is None or g.agency == agency) for g in self.grants)

    def by(self, channel: Channel) -> "Actor":
        """The same actor, acting by another channel (an operator who writes down a call)."""
        return replace(self, channel=channel)

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def agencies(self) -> tuple[str, ...]:
        """Codes of the agencies the actor works for, in the order granted, each once."""
        return tuple(dict.fromkeys(g.agency for g in self.grants))


ANONYMOUS = Actor()
SYSTEM = Actor(is_system=True, channel=Channel.SYSTEM)
STAFF = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.OPERATOR})
