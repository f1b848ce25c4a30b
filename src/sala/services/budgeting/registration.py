"""What budgeting tells the site of itself."""

from sala.platform.registration import Box

BOX = Box(
    package="sala.services.budgeting",
    kinds=(),
    addresses=(),
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
    work_places=None,
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
