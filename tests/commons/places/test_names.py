"""Places are found by the names people use: short forms, typos, postcodes, the known part of what they write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commons.places.country import COUNTRY, NAMES

from sala.commons.places import rules


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("กทม", "10"),
        ("กทม.", "10"),
        ("กรุงเทพฯ", "10"),
        ("โคราช", "30"),
        ("อุบล", "34"),
        ("Pattaya", "2004"),
        ("pattaya", "2004"),
        ("40000", "4001"),
        ("๔๐๐๐๐", "4001"),
        ("บางรัก กทม", "1004"),
        ("บางรักกทม", "1004"),
        ("แขวงบางรัก", "100404"),
        ("หนองแวง ขอนแก่น", "400304"),
        ("ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น", "400101"),
        ("ต.ในเมืองอ.เมืองจ.ขอนแก่น", "400101"),
        ("Nai Mueang, Mueang Khon Kaen, Khon Kaen", "400101"),
        ("khon kaen", "40"),
        ("KHONKAEN", "40"),
        ("Mueang Khon Kaen District", "4001"),
        ("ขอนแก่น", "40"),
        ("ถนนที่ไม่มีใครรู้จัก ขอนแก่น", "40"),
    ],
)
def test_the_place_that_is_meant_is_taken(typed: str, code: str) -> None:
    assert NAMES.read(typed).sure == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("ขอนแกน", "40"), ("ขอแก่น", "40"), ("Kon Kaen", "40"), ("Khon Kean", "40"), ("นครราชศรีมา", "30")],
)
def test_a_slip_is_offered_and_not_taken_for_sure(typed: str, code: str) -> None:
    reading = NAMES.read(typed)
    assert reading.matches[0].code == code
    assert reading.sure in ("", code)


def test_several_places_of_one_name_are_offered_and_none_is_taken() -> None:
    reading = NAMES.read("ในเมือง")
    assert {m.code for m in reading.best} == {"400101", "401001", "430101"}
    assert reading.sure == ""
    assert {m.code for m in NAMES.read("ในเมือง ขอนแก่น").best} == {"400101", "401001"}


def test_the_known_part_counts_and_the_rest_is_told() -> None:
    reading = NAMES.read("บ้านในฝัน ขอนแก่น")
    assert (reading.sure, reading.unknown) == ("40", ("บ้านในฝัน",))
    assert NAMES.read("ไม่มีที่นี่").matches == ()


def test_a_postcode_that_no_table_has_means_the_province_of_its_first_digits() -> None:
    reading = NAMES.read("40999")
    assert (reading.matches[0].code, reading.sure) == ("40", "")
    assert NAMES.read("99999").matches == ()


@given(st.sampled_from(sorted(COUNTRY.by_code)))
def test_whoever_writes_the_whole_way_is_understood(code: str) -> None:
    path = COUNTRY.path(code)
    assert path is not None
    for language in ("th", "en"):
        found = {m.code for m in NAMES.read(path.label(language)).best}
        assert code in found or {code[:4], code[:2]} & found  # an area and a part of it may bear one name


@given(st.text(max_size=200))
def test_any_text_is_read_within_bounds(text: str) -> None:
    reading = NAMES.read(text, 5)
    assert len(reading.matches) <= 5
    assert all(COUNTRY.find(m.code) for m in reading.matches)
    assert len(reading.unknown) <= 6


@pytest.mark.parametrize(
    "typed",
    [
        "16.43,102.83",
        "๑๖.๔๓, ๑๐๒.๘๓",
        "16.43 102.83",
        "16.43N 102.83E",
        "N16.43 E102.83",
        "16.43° N, 102.83° E",
        "102.83E, 16.43N",
        "102.83,16.43",
        "(16.43, 102.83)",
        "lat 16.43 long 102.83",
        "พิกัด 16.43,102.83",
        "16°25'48\"N 102°49'48\"E",
        "16° 25.8' N 102° 49.8' E",
        "https://www.google.com/maps/@16.43,102.83,17z",
        "https://www.google.com/maps/place/x/@1.0,2.0,17z/data=!3m1!4b1!3d16.43!4d102.83",
        "https://maps.google.com/?q=16.43,102.83",
        "https://www.openstreetmap.org/#map=17/16.43/102.83",
        "geo:16.43,102.83",
        "１６．４３，１０２．８３",
    ],
)
def test_pasted_coordinates_are_a_place(typed: str) -> None:
    found = rules.find_point(typed)
    assert found == pytest.approx((16.43, 102.83))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "16.43",
        "10/2 หมู่ 3",
        "081-234-5678",
        "9.5.2569",
        "12.50 บาท",
        "ขอนแก่น 16.43",
        "16, 102",
        "95.5 200.1",
    ],
)
def test_other_numbers_are_no_place(typed: str) -> None:
    assert rules.find_point(typed) is None


@given(st.text(alphabet="0123456789.,°'\"NSEW -+@!d?q=/:geo", max_size=500))
def test_whatever_is_pasted_is_a_point_on_earth_or_none(text: str) -> None:
    found = rules.find_point(text)
    assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)


@given(st.floats(5.6, 20.5), st.floats(97.3, 105.7))
def test_a_point_written_down_is_read_as_it_was(latitude: float, longitude: float) -> None:
    found = rules.find_point(f"{latitude:.5f}, {longitude:.5f}")
    assert found == (float(f"{latitude:.5f}"), float(f"{longitude:.5f}"))
