"""What participation tells the site of itself."""

from django.utils.translation import gettext_lazy

from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.participation",
    kinds=(),
    addresses=(),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals={
        "already_joined": gettext_lazy("You are counted already. You need do nothing more."),
        "not_joined": gettext_lazy("You are not among them, so there is nothing to take back."),
        "not_open": gettext_lazy("Nobody can sign at the moment: it has not opened yet, or it is over."),
    },
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
