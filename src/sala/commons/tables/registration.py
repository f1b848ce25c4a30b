"""What tables tell the site of themselves."""

from django.utils.translation import gettext_lazy as _

from sala.commons.tables import urls
from sala.platform.registration import Box, Door

BOX = Box(
    package="sala.commons.tables",
    kinds=(),
    addresses=(("", "sala.commons.tables.urls"),),
    machine_addresses=tuple(urls.machine_urlpatterns),
    routers=(),
    refuse_programs={},
    door=Door(
        key="data",
        url_name="tables:catalogue",
        name=_("Open data"),
        title=_("Open data"),
        line=_("Each public table of this site as a file, without a key."),
    ),
    refusals={"unknown_field": _("This cannot be asked here. Look at the name once more.")},
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
