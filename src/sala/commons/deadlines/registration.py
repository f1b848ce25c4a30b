"""What deadlines tell the site of themselves."""

from django.utils.translation import gettext_lazy

from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.deadlines",
    kinds=(),
    addresses=(),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals={
        "no_period": gettext_lazy(
            "No legal period is in force for that day. Whoever runs this site must bring one in first."
        ),
    },
    event_words={
        "deadlines.periods_imported": gettext_lazy("The table of legal periods was brought up to date"),
    },
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
    # Periods are brought in by kind: each service with periods offers its own table.
    imports=(),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
