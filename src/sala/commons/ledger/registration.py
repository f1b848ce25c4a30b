"""What the ledger tells the site of itself."""

from django.utils.translation import gettext_lazy

from sala.commons.ledger import urls
from sala.commons.ledger.api import router
from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.ledger",
    kinds=(),
    addresses=(("", "sala.commons.ledger.urls"),),
    machine_addresses=tuple(urls.machine_urlpatterns),
    routers=(("", router),),
    refuse_programs={},
    door=None,
    refusals={},
    event_words={
        "ledger.restored": gettext_lazy("The site went on from a backup, under a new name of its ledger"),
        "ledger.position_left_empty": gettext_lazy(
            "This position stays empty: it may have been another entry's before a restore"
        ),
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
    imports=(),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
