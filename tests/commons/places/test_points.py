"""A point becomes a place: by the province's shape, else by the nearest known middle, and says how sure that is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commons.places.country import COUNTRY, GROUND

from sala.commons.places import rules
from sala.commons.places.rules import Shown, Sureness

anywhere = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
in_the_box = st.tuples(st.floats(5.5, 20.6), st.floats(97.2, 105.8))


@pytest.mark.req("DIR")
@pytest.mark.parametrize(
    ("point", "code", "sureness"),
    [
        (
            (13.7281, 100.5273),
            "10",
            Sureness.SHAPE,
        ),  # Bang Rak: no middle is known in Bangkok, so no less is claimed
        ((16.4330, 102.8240), "400101", Sureness.LIKELY),
        ((16.2710, 102.7010), "400304", Sureness.LIKELY),
        ((12.9236, 100.8825), "200402", Sureness.LIKELY),
        ((17.8790, 102.7430), "430101", Sureness.LIKELY),
        (
            (18.3600, 103.6500),
            "3801",
            Sureness.LIKELY,
        ),  # Bueng Kan, inside the outline that it shares with Nong Khai
        (
            (7.7400, 98.7700),
            "",
            Sureness.PERHAPS,
        ),  # Phi Phi: the islands are in no shape, Krabi not in this table
    ],
)
def test_a_point_is_named_as_far_as_we_know(
    point: tuple[float, float], code: str, sureness: Sureness
) -> None:
    place = GROUND.place_of(*point)
    assert (place.code, place.sureness, place.problem) == (code, sureness, "")


@pytest.mark.parametrize(
    ("point", "problem"),
    [
        ((0.0, 0.0), "point_at_zero"),
        ((0.001, -0.2), "point_at_zero"),
        ((51.5, -0.12), "point_outside"),
        ((102.83, 16.43), "point_swapped"),
        ((17.97, 102.63), "point_outside"),  # Vientiane, across the river
        ((11.55, 104.92), "point_outside"),  # Phnom Penh
        ((5.42, 100.33), "point_outside"),  # George Town
        ((math.nan, 100.0), "point_outside"),
        ((7.0, 103.5), "point_outside"),  # far out at sea
    ],
)
def test_a_point_that_is_none_here_is_asked_about(point: tuple[float, float], problem: str) -> None:
    place = GROUND.place_of(*point)
    assert (place.code, place.problem) == ("", problem)


@given(anywhere)
def test_every_point_has_a_known_area_or_a_problem_or_neither_but_never_both(
    point: tuple[float, float],
) -> None:
    place = GROUND.place_of(*point)
    assert not (place.code and place.problem)
    assert not place.code or COUNTRY.find(place.code) is not None


@given(in_the_box)
def test_the_named_area_lies_in_the_province_whose_shape_holds_the_point(point: tuple[float, float]) -> None:
    held = {code for shape in GROUND.shapes if shape.holds(*point) for code in shape.codes}
    place = GROUND.place_of(*point)
    assert not (held and place.problem)
    assert not (held and place.code) or place.code[:2] in held


@given(in_the_box)
def test_no_other_middle_of_its_level_and_province_is_nearer_than_the_one_that_was_taken(
    point: tuple[float, float],
) -> None:
    place = GROUND.place_of(*point)
    if place.kilometres is None:
        return
    same = [a for a in COUNTRY.by_code.values() if len(a.code) == len(place.code) and a.latitude is not None]
    held = {code for shape in GROUND.shapes if shape.holds(*point) for code in shape.codes}
    far = [
        rules.kilometres(*point, a.latitude or 0, a.longitude or 0)
        for a in same
        if not held or a.code[:2] in held
    ]
    assert place.kilometres <= min(far) + 0.05 or not held


@given(in_the_box, st.sampled_from(Shown))
def test_what_is_shown_is_never_nearer_than_the_person_agreed_to(
    point: tuple[float, float], shown: Shown
) -> None:
    latitude, longitude = rules.shown_point(*point, shown)
    if shown is Shown.AREA:
        assert (latitude, longitude) == (None, None)
        return
    assert latitude is not None
    assert longitude is not None
    assert rules.kilometres(*point, latitude, longitude) < (0.002 if shown is Shown.EXACT else 0.08)
    if shown is Shown.ABOUT:
        assert (latitude, longitude) == (round(latitude, 3), round(longitude, 3))


@given(in_the_box)
def test_reports_of_one_home_show_one_point_so_that_their_mean_tells_no_more(
    point: tuple[float, float],
) -> None:
    assert rules.shown_point(*point, Shown.ABOUT) == rules.shown_point(*point, Shown.ABOUT)


def test_a_district_without_a_middle_has_that_of_its_parts() -> None:
    district = COUNTRY.find("4001")
    assert district is not None
    assert district.latitude == pytest.approx((16.432 + 16.481) / 2)
    assert COUNTRY.find("34").latitude is None  # type: ignore[union-attr]  # it is in the table


@given(in_the_box, in_the_box)
def test_distances_are_the_same_both_ways(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert rules.kilometres(*one, *other) == pytest.approx(rules.kilometres(*other, *one))
    assert rules.kilometres(*one, *one) == 0
