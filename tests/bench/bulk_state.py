"""A country to complain in, for measuring: the demonstration's state, and provinces of invented names around it."""

from collections.abc import Iterator
from datetime import datetime

from bulk_words import FIRST, FIRST_EN, LOCAL, SECOND, SECOND_EN

PROVINCES = range(41, 85)
DISTRICTS = 4
SUBDISTRICTS = 10
LAW = {
    "law_th": "พ.ร.บ. กำหนดแผนและขั้นตอนการกระจายอำนาจ พ.ศ. 2542",
    "law_en": "Decentralisation Act B.E. 2542",
    "valid_from": "1999-11-18",
}


def settle(now: datetime) -> None:
    """Areas, agencies and mandates are there, each once; a local authority for each invented district."""
    from django.test.utils import override_settings

    from sala.commons.agencies import actions as agencies
    from sala.commons.agencies import queries
    from sala.commons.places import actions as places
    from sala.commons.places import queries as area_queries
    from sala.core.actors import SYSTEM
    from sala.demonstration.state import found_state

    if any(code.startswith("town-") for code in queries.agencies_by_code()):
        return
    with override_settings(DEMO=True):  # the invented cast works there too
        found_state(now=now)
    invented = [row for row in _areas() if area_queries.find_area(row["code"]) is None]
    codes = {row["code"] for row in invented}
    table = places.AreaTable("invented", tuple(invented[0]), list(enumerate(invented, 1)))
    places.import_areas(actor=SYSTEM, now=now, tables=[table])
    offices = [row for row in _offices() if row["area"] in codes]
    agencies.import_agencies(actor=SYSTEM, now=now, rows=enumerate(offices, 1))
    mandates = [
        {"agency": row["code"], "topic": topic, "area": row["area"], **LAW}
        for row in offices
        for topic in LOCAL
    ]
    agencies.import_mandates(actor=SYSTEM, now=now, rows=enumerate(mandates, 1))


def _name(number: int) -> tuple[str, str]:
    first, second = number % len(FIRST), number // len(FIRST) % len(SECOND)
    return FIRST[first] + SECOND[second], f"{FIRST_EN[first]} {SECOND_EN[second]}"


def _areas() -> Iterator[dict[str, str]]:
    for province in PROVINCES:
        yield _area(str(province), province * 7)
        for district in range(21, 21 + DISTRICTS):
            code = f"{province}{district}"
            yield _area(code, province * 11 + district * 3)
            for part in range(1, 1 + SUBDISTRICTS):
                yield _area(f"{code}{part:02d}", province * 13 + district * 31 + part * 5)


def _area(code: str, number: int) -> dict[str, str]:
    name_th, name_en = _name(number)
    place = int(code.ljust(6, "5"))
    latitude, longitude = 6.5 + place * 7919 % 13000 / 1000, 98.5 + place * 104729 % 6500 / 1000
    return {
        "code": code,
        "name_th": name_th,
        "name_en": name_en,
        "postal_code": "",
        "latitude": f"{latitude:.4f}",
        "longitude": f"{longitude:.4f}",
    }


def _offices() -> Iterator[dict[str, str]]:
    for province in PROVINCES:
        for district in range(21, 21 + DISTRICTS):
            name_th, name_en = _name(province * 11 + district * 3)
            yield {
                "code": f"town-{province}{district}",
                "kind": "local_authority",
                "name_th": f"เทศบาลตำบล{name_th}",
                "name_en": f"{name_en} Subdistrict Municipality",
                "parent": "moi",
                "area": f"{province}{district}",
            }
