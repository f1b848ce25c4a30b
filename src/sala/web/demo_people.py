"""Gives the invented people of the demonstration their roles, once its agencies are there."""

from datetime import datetime

from sala.commons.agencies import actions as agencies
from sala.commons.agencies import queries as bodies
from sala.commons.identity import actions as identity
from sala.commons.identity import queries as people
from sala.core.actors import SYSTEM, Grant, Role


def appoint_cast(*, now: datetime) -> tuple[str, ...]:
    """Appoint everybody of the cast who works for an agency; doing it twice changes nothing.

    Returns the codes of agencies that the cast names and the content lacks: there should be none.
    """
    missing = []
    for invented in people.list_demo_identities():
        person_id = identity.ensure_demo_person(actor=SYSTEM, key=invented.key, now=now)
        if invented.role is Role.CITIZEN:
            continue
        if bodies.find_agency(invented.agency) is None:
            missing.append(invented.agency)
        elif Grant(invented.role, invented.agency) not in bodies.grants_of(person_id):
            agencies.grant_role(
                actor=SYSTEM, now=now, person_id=person_id, agency=invented.agency, role=invented.role
            )
    return tuple(dict.fromkeys(missing))
