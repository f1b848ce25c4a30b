"""What oversight tells the site of itself."""

from sala.commons.oversight.places import places
from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.oversight",
    kinds=(),
    addresses=(("", "sala.commons.oversight.urls"),),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals={},
    event_words={},
    purposes=(),
    consents={},
    held=(),
    held_names={},
    held_codes={},
    work_places=places,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(),
    imports=(),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
