"""What imports tell the site of themselves."""

from sala.commons.imports import words
from sala.commons.imports.places import places
from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.imports",
    kinds=(),
    addresses=(("", "sala.commons.imports.urls"),),
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
