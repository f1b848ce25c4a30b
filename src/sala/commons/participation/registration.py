"""What participation tells the site of itself."""

from sala.commons.participation import words
from sala.commons.participation.tables import HOURS
from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.participation",
    kinds=(),
    addresses=(("sign/", "sala.commons.participation.urls"),),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals=words.REFUSALS,
    event_words=words.EVENTS,
    purposes=(),
    consents={},
    held=(),
    held_names={},
    held_codes={},
    work_places=None,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(HOURS,),
    imports=(),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
