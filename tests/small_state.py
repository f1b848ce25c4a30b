"""A small state to complain to: one central unit, a municipality, a power authority, a watchdog."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sala.commons.agencies import actions as agencies
from sala.commons.agencies import queries as agency_queries
from sala.commons.deadlines import actions as deadlines
from sala.commons.deadlines.queries import forget_periods
from sala.commons.identity.models import Person
from sala.commons.places import actions as places
from sala.core.actors import SYSTEM, Actor, Channel, Grant, Role
from sala.core.tables import rows_of

PERIODS = Path(__file__).parents[1] / "src/sala/services/complaints/data/periods.csv"
NOW = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)  # a Thursday evening in Thailand

AREAS = """code,name_th,name_en,latitude,longitude
40,ขอนแก่น,Khon Kaen,16.44,102.83
4001,เมืองขอนแก่น,Mueang Khon Kaen,16.43,102.82
400101,ในเมือง,Nai Mueang,16.432,102.823
"""
AGENCIES = """code,kind,name_th,name_en,parent,area,is_central
opm-1111,central_unit,ศูนย์บริการประชาชน 1111,Government Contact Centre 1111,,,yes
moi,ministry,กระทรวงมหาดไทย,Ministry of Interior,,,
pea,state_enterprise,การไฟฟ้าส่วนภูมิภาค,Provincial Electricity Authority,moi,,
kk-muni,local_authority,เทศบาลนครขอนแก่น,Khon Kaen City Municipality,moi,4001,
nacc,independent_body,สำนักงาน ป.ป.ช.,National Anti-Corruption Commission,,,
"""
MANDATES = """agency,topic,area,law_th,law_en,valid_from,valid_until
kk-muni,street_light,4001,พ.ร.บ. เทศบาล พ.ศ. 2496 มาตรา 56,Municipality Act B.E. 2496 section 56,2000-01-01,
pea,electricity,,พ.ร.บ. การไฟฟ้าส่วนภูมิภาค พ.ศ. 2503,Provincial Electricity Authority Act B.E. 2503,2000-01-01,
nacc,corruption,,พ.ร.ป. ว่าด้วยการป้องกันและปราบปรามการทุจริต พ.ศ. 2561,Anti-Corruption Act B.E. 2561,2018-07-22,
"""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Reference data is remembered for seconds; a test must not remember another's."""
    agency_queries.forget()
    forget_periods()
    yield
    agency_queries.forget()
    forget_periods()


def put_back_periods() -> None:
    """Tests with real transactions empty every table; what the migrations put there is put back."""
    _, rows = rows_of(PERIODS.read_text("utf-8").splitlines())
    deadlines.import_periods(actor=SYSTEM, now=NOW, kind="complaint", rows=rows)


@pytest.fixture
def state(db: None) -> None:
    """The small state's areas, agencies and mandates."""
    found_small_state()


def found_small_state() -> None:
    """Write the small state's areas, agencies, mandates and periods."""
    columns, rows = rows_of(AREAS.splitlines())
    table = places.AreaTable("areas", columns, list(rows))
    places.import_areas(actor=SYSTEM, now=NOW, tables=[table])
    put_back_periods()
    for text, take in ((AGENCIES, agencies.import_agencies), (MANDATES, agencies.import_mandates)):
        take(actor=SYSTEM, now=NOW, rows=rows_of(text.splitlines())[1])


def staff(agency: str, role: Role = Role.OFFICER, channel: Channel = Channel.WEB) -> Actor:
    """Someone who works for an agency."""
    person = Person.objects.create(created_at=NOW)
    return Actor(person_id=person.pk, grants=(Grant(role, agency),), assurance_level=2, channel=channel)
