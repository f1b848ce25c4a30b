"""How areas lie inside one another, by their codes: 2 digits a province, 4 a district, 6 a subdistrict."""

from enum import StrEnum


class AreaLevel(StrEnum):
    """How large a piece of the country an area is; its code has this many digits: 2, 4, 6."""

    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"


LEVEL_OF_DIGITS = {2: AreaLevel.PROVINCE, 4: AreaLevel.DISTRICT, 6: AreaLevel.SUBDISTRICT}


def area_chain(code: str | None) -> tuple[str, ...]:
    """The codes that contain `code`, the smallest first: "400101" → ("400101", "4001", "40").

    Codes of other countries' data have no such structure: a code that is not 2, 4 or 6 digits is its own chain.
    """
    if not code:
        return ()
    if not (code.isascii() and code.isdigit() and len(code) in LEVEL_OF_DIGITS):
        return (code,)
    return tuple(code[:digits] for digits in range(len(code), 0, -2))
