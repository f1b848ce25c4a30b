"""Who acts in the demonstration: the invented cast, and whoever else works where the cast does not."""

from datetime import datetime

from sala.commons.agencies import actions as bodies
from sala.commons.agencies import queries as agencies
from sala.commons.identity import actions as identity
from sala.commons.identity import queries as people
from sala.core.actors import ANONYMOUS, STAFF, SYSTEM, Actor, Channel, Role
from sala.services.complaints.queries import Contact

NAMES = (
    "สมศรี บุญมา",
    "อำนวย ศรีสุข",
    "จินตนา แก้วใส",
    "บุญเลิศ คำแสน",
    "ลำดวน จันทร์หอม",
    "สุชาติ พรมดี",
    "นงลักษณ์ ทองสุก",
    "ประเสริฐ อินทร์แก้ว",
    "วันเพ็ญ สายบัว",
    "ธงชัย มีสุข",
)


class People:
    """The actors of the stories, made known once."""

    def __init__(self, *, now: datetime) -> None:
        cast = people.list_demo_identities()
        self._ids = {one.key: identity.ensure_demo_person(actor=SYSTEM, key=one.key, now=now) for one in cast}
        self._now = now
        self._staff: dict[str, Actor] = {}
        for one in cast:
            if one.role in STAFF and one.agency not in self._staff:
                self._staff[one.agency] = self._as_staff(one.key)
        self._moderator = self._as_staff("moderator")

    def _as_staff(self, key: str) -> Actor:
        person_id = self._ids[key]
        return Actor(person_id=person_id, grants=agencies.grants_of(person_id), assurance_level=2)

    def officer(self, agency: str) -> Actor:
        """Someone who works on complaints there; outside the cast a colleague is appointed when first needed."""
        if agency not in self._staff:
            key = people.demo_colleague_at(agency).key
            self._ids[key] = identity.ensure_demo_person(actor=SYSTEM, key=key, now=self._now)
            bodies.grant_role(
                actor=SYSTEM, now=self._now, person_id=self._ids[key], agency=agency, role=Role.OFFICER
            )
            self._staff[agency] = self._as_staff(key)
        return self._staff[agency]

    def head(self, agency: str) -> Actor:
        """The head of an agency; outside the cast a colleague is appointed when first needed."""
        found = agencies.people_with_role(agency, [Role.EXECUTIVE])
        if not found:
            found = [self.officer(agency).person_id or 0]
            bodies.grant_role(
                actor=SYSTEM, now=self._now, person_id=found[0], agency=agency, role=Role.EXECUTIVE
            )
        return Actor(person_id=found[0], grants=agencies.grants_of(found[0]), assurance_level=2)

    def moderator(self) -> Actor:
        """The moderator of the central unit."""
        return self._moderator

    def complainant(self, how: frozenset[str], channel: str) -> Actor:
        """Who files: one of the cast signed in, staff who write down what they are told, or nobody known."""
        if channel == "phone":
            return self._as_staff("operator-1111").by(Channel.PHONE)
        if channel in ("counter", "paper"):
            return self._as_staff("officer-town").by(Channel(channel))
        known = next((key for key in ("somying", "prasit", "maria") if key in how), "")
        if known:
            return Actor(person_id=self._ids[known], assurance_level=0 if known == "maria" else 2)
        return ANONYMOUS.by(Channel(channel))


def contact(number: int, channel: str, *, is_known: bool) -> Contact:
    """An invented way to reach who filed story `number`; half of those on the web leave none."""
    if is_known or (channel in ("web", "api") and number % 2):
        return Contact()
    name = NAMES[number % len(NAMES)]
    return Contact(name=name, phone=f"08{number % 10}-000-{1000 + number * 7 % 9000}")
