"""What agencies tell the site of themselves."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.commons.agencies import actions, words
from sala.commons.agencies.api import router
from sala.commons.agencies.tables import AGENCIES, HOLIDAYS, MANDATES
from sala.core.actors import Actor, Role
from sala.core.columns import Column, Kind
from sala.platform.registration import Box, Held, Importer, WorkPlace


def _places(actor: Actor) -> list[WorkPlace]:
    if not actor.holds(Role.ADMINISTRATOR):
        return []
    begins = frozenset({Role.ADMINISTRATOR})
    return [WorkPlace(_("People and roles"), reverse("agencies:people"), begins, is_daily=True)]


BOX = Box(
    package="sala.commons.agencies",
    kinds=(),
    addresses=(("", "sala.commons.agencies.urls"),),
    machine_addresses=(),
    routers=(("", router),),
    refuse_programs={},
    door=None,
    refusals=words.REFUSALS,
    event_words={
        "agencies.agencies_imported": gettext_lazy("The list of agencies was brought up to date"),
        "agencies.mandates_imported": gettext_lazy("The list of who answers for what was brought up to date"),
        "agencies.holidays_imported": gettext_lazy("The holiday calendar was brought up to date"),
        "agencies.role_granted": gettext_lazy("Someone was given a role at an agency"),
        "agencies.role_ended": gettext_lazy("Someone gave up a role at an agency"),
    },
    purposes=(),
    consents={},
    held=(
        Held(
            code="roles",
            name=gettext_lazy("Roles you were given"),
            list_own=words.list_own_roles,
            export=words.export_own_roles,
            # Who held an office stays known; identity refuses to erase whoever still holds one.
            erase=None,
        ),
    ),
    held_names={},
    held_codes={},
    work_places=_places,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(AGENCIES, MANDATES, HOLIDAYS),
    imports=(
        Importer(
            name="agencies",
            title=gettext_lazy("Offices"),
            line="Agencies: code, kind, name_th, name_en, parent, area, phone, website, is_central, hours …",
            columns=(
                *(Column(name=name, is_needed=True) for name in ("code", "kind", "name_th", "name_en")),
                *(
                    Column(name=name)
                    for name in ("parent", "area", "phone", "website", "is_central", "short_th")
                ),
                *(Column(name=name) for name in ("email", "line_id", "address_th", "address_en", "hours")),
                *(Column(name=name) for name in ("channels", "is_step_free")),
                *(Column(name=name, kind=Kind.DEGREES) for name in ("latitude", "longitude")),
            ),
            take=actions.import_agencies,
            take_back=actions.take_back,
        ),
        Importer(
            name="mandates",
            title=gettext_lazy("Who answers for what, by law"),
            line="Mandates: agency, topic, area, law_th, law_en, valid_from, valid_until.",
            columns=(
                *(Column(name=name, is_needed=True) for name in ("agency", "topic", "law_th", "law_en")),
                Column(name="valid_from", kind=Kind.DAY, is_needed=True),
                Column(name="valid_until", kind=Kind.DAY),
                Column(name="area"),
            ),
            take=actions.import_mandates,
            take_back=actions.take_back,
        ),
        Importer(
            name="holidays",
            title=gettext_lazy("Holidays"),
            line="Holidays: on, name_th, name_en, agency (empty for the whole country).",
            columns=(
                Column(name="on", kind=Kind.DAY, is_needed=True),
                *(Column(name=name, is_needed=True) for name in ("name_th", "name_en")),
                Column(name="agency"),
            ),
            take=actions.import_holidays,
            # Dates were counted by them: a holiday that was wrong is put right by whoever knows what follows.
            take_back=None,
        ),
    ),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
