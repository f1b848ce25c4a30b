"""What files tell the site of themselves."""

from sala.commons.files import words
from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.files",
    kinds=(),
    addresses=(),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals=words.REFUSALS,
    event_words={},
    purposes=(),
    consents={},
    held=(),
    held_names={},
    held_codes={},
    work_places=None,
    figures_of=None,
    front=None,
    topic_name=None,
    imports=(),
    tables=(),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
