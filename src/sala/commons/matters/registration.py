"""What the spine tells the site of itself."""

from django.utils.translation import gettext_lazy as _

from sala.commons.matters import actions, queries, words
from sala.commons.matters.api import router
from sala.commons.matters.tables import MATTERS
from sala.platform.registration import Box, Held


def _followed_references(person_id: int) -> list[str]:
    return [matter.reference for matter in queries.list_followed(person_id)]


BOX = Box(
    package="sala.commons.matters",
    kinds=(),
    addresses=(("", "sala.commons.matters.urls"),),
    machine_addresses=(),
    routers=(("/matters", router),),
    refuse_programs={},
    door=None,
    refusals=words.REFUSALS,
    event_words={},
    purposes=(),
    consents={},
    held=(
        Held(
            code="followed_matters",
            name=_("Matters you follow"),
            list_own=words.list_followed,
            export=_followed_references,
            erase=actions.forget_follower,
        ),
    ),
    held_names={},
    held_codes={},
    work_places=None,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(MATTERS,),
    imports=(),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
