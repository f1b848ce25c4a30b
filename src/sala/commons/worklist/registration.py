"""What worklists tell the site of themselves."""

from django.utils.translation import gettext_lazy

from sala.commons.worklist import actions, queries
from sala.commons.worklist.places import places
from sala.platform.registration import Box, Held

BOX = Box(
    package="sala.commons.worklist",
    kinds=(),
    addresses=(("", "sala.commons.worklist.urls"),),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals={},
    event_words={},
    purposes=(),
    consents={},
    held=(
        Held(
            code="saved_views",
            name=gettext_lazy("Views of your lists of work"),
            list_own=None,
            export=queries.export_saved_views,
            erase=actions.forget_views,
        ),
    ),
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
