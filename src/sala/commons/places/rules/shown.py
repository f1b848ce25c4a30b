"""How much of a point everyone may see: docs/rules/places.md says why the safe answer is the one in the middle."""

from enum import StrEnum

# A thousandth of a degree is 111 m from north to south and 104 to 111 m from west to east in this country.
ABOUT_DECIMALS, EXACT_DECIMALS = 3, 5


class Shown(StrEnum):
    """What everyone sees of the point that a person gave."""

    EXACT = "exact"  # as given, to about a metre
    ABOUT = "about"  # to about a hundred metres: the street, not the door
    AREA = "area"  # no point at all, only the names of the area


def shown_point(
    latitude: float | None, longitude: float | None, shown: Shown
) -> tuple[float | None, float | None]:
    """The point that everyone sees, in degrees; None, None if none is shown or none was given.

    Rounding is to a fixed grid, not a random shift: several reports of one home give one point, so that their
    mean tells no more than each of them.
    """
    if latitude is None or longitude is None or shown is Shown.AREA:
        return None, None
    decimals = EXACT_DECIMALS if shown is Shown.EXACT else ABOUT_DECIMALS
    return round(latitude, decimals), round(longitude, decimals)
