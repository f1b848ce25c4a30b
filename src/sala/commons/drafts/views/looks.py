"""Looks of staff at how to reach a person: for a stated purpose, recorded before anything is shown.

A service makes one `Looks` of why its staff look and which roles read; the pages ask it.
"""

from dataclasses import dataclass

from sala.commons.drafts.actions import Sent
from sala.commons.drafts.views.journeys import has_looked, remember_look
from sala.commons.identity import actions as identity
from sala.commons.identity import queries as people
from sala.commons.identity import words as identity_words
from sala.commons.identity.actions.looks import Subject
from sala.core import clock
from sala.core.actors import STAFF, Actor, Role
from sala.core.errors import Refused
from sala.platform.requests import Request


@dataclass(frozen=True, slots=True)
class Looks:
    """Why staff look at what a person sent (codes of purposes, the likeliest first), and which roles read it.

    `watching` comes first for whoever does not answer it (`answering` are the roles that do). Identity says which role
    may look for which purpose.
    """

    wanted: tuple[str, ...]
    readers: frozenset[Role]
    answering: frozenset[Role]
    watching: str = ""

    def purposes(self, actor: Actor, sent: Sent) -> list[tuple[str, str]]:
        """Why this actor may look, as (code, words)."""
        may = people.purposes_open_to(actor, self._on_behalf_of(actor, sent))
        answers = actor.holds_any(self.answering, str(sent.matter.agency))
        wanted = self.wanted if answers else sorted(self.wanted, key=lambda code: code != self.watching)
        return [(code, identity_words.purpose_name(code)) for code in wanted if code in may]

    def record(self, visit: Request, sent: Sent, purpose: str = "") -> None:
        """Tell the ledger and the person that their data is looked at, and why. Raises Invalid, Refused."""
        actor = visit.actor
        identity.record_access(
            actor=actor,
            agency=self._on_behalf_of(actor, sent),
            purpose=purpose or self.purposes(actor, sent)[0][0],
            subjects=[Subject(person_id=sent.person_id, matter=sent.matter.reference)],
            now=clock.now(),
        )
        remember_look(visit, sent.matter.reference)

    def record_once(self, visit: Request, sent: Sent) -> None:
        """As `record`, unless this session has looked at the same within half an hour.

        Raises Refused for whoever has no purpose for which they may look.
        """
        if has_looked(visit, sent.matter.reference):
            return
        if not self.purposes(visit.actor, sent):
            raise Refused("not_allowed")
        self.record(visit, sent)

    def record_for_caller(self, visit: Request, sent: Sent) -> None:
        """Staff who open it with what a caller told them look at that person's data to answer them.

        Raises Refused for staff who answer nobody.
        """
        if not visit.actor.grants or visit.actor.person_id == sent.person_id:
            return
        if not any(grant.role in STAFF for grant in visit.actor.grants):
            raise Refused("for_the_person_alone")
        if not has_looked(visit, sent.matter.reference):
            self.record(visit, sent, "answer_caller")

    def _on_behalf_of(self, actor: Actor, sent: Sent) -> str:
        """The office that answers if the actor works there, else the actor's own."""
        mine = [grant.agency for grant in actor.grants if grant.role in self.readers]
        owner = str(sent.matter.agency)
        return owner if owner in mine or not mine else mine[0]
