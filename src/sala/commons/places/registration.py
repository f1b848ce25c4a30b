"""What places tell the site of themselves."""

from django.utils.translation import gettext_lazy

from sala.commons.places import actions, words
from sala.commons.places.api import router
from sala.core.columns import Column
from sala.core.columns import Kind as ColumnKind
from sala.platform.registration import Box, Importer

BOX = Box(
    package="sala.commons.places",
    kinds=(),
    addresses=(("", "sala.commons.places.urls"),),
    machine_addresses=(),
    routers=(("", router),),
    refuse_programs={},
    door=None,
    refusals=words.REFUSALS,
    event_words={
        "places.areas_imported": gettext_lazy("The table of areas was brought up to date"),
        "places.aliases_imported": gettext_lazy("The table of other names of areas was brought up to date"),
        # Entries from before places were a box of their own.
        "agencies.areas_imported": gettext_lazy("The table of areas was brought up to date"),
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
    imports=(
        Importer(
            name="areas",
            title=gettext_lazy("Provinces, districts and subdistricts"),
            line="Provinces, districts and subdistricts; several publishers' tables are compared.",
            columns=tuple(
                Column(name=name) for name in ("code", "name_th", "name_en", *actions.MORE_OF_AREAS)
            ),
            take=actions.import_area_tables,
            is_header=actions.is_area_header,
            samples=(("thai-admin-areas/*.csv", ""),),
        ),
        Importer(
            name="aliases",
            title=gettext_lazy("Other names of areas"),
            line="Other names of areas: area, name, source, valid_from, valid_until.",
            columns=(
                *(Column(name=name, is_needed=True) for name in ("area", "name", "source")),
                *(Column(name=name, kind=ColumnKind.DAY) for name in ("valid_from", "valid_until")),
            ),
            take=actions.import_aliases,
            take_back=actions.take_back,
        ),
    ),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
