"""What identity tells the site of itself."""

from django.utils.translation import gettext_lazy as _

from sala.commons.identity import rules, urls, words
from sala.commons.identity.places import places
from sala.platform.registration import Box

BOX = Box(
    package="sala.commons.identity",
    kinds=(),
    addresses=(("", "sala.commons.identity.urls"),),
    machine_addresses=tuple(urls.machine_urlpatterns),
    routers=(),
    refuse_programs={},
    door=None,
    refusals=words.REFUSALS,
    event_words={
        "access.recorded": _("Staff looked at someone's personal data"),
        "access.questioned": _("Someone asked why staff had looked at their data"),
        "access.explained": _("An agency explained why its staff had looked at personal data"),
        "consent.given": _("Someone agreed to a use of their data"),
        "consent.withdrawn": _("Someone withdrew their consent"),
        "person.erased": _("Someone had their data erased"),
    },
    purposes=tuple((purpose, words.PURPOSES[code]) for code, purpose in rules.PURPOSES.items()),
    consents={},
    # The account itself is shown, exported and erased by this box's own pages and action.
    held=(),
    held_names=words.HELD,
    held_codes=words.CODES,
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
