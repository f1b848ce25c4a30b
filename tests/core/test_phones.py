"""What a telephone dials is the number that was meant, however an office wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.phones import dial

pytestmark = pytest.mark.req("DIR")


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("043 221 202", "tel:043221202"),
        ("0-2123-4567", "tel:021234567"),
        ("0 2123 4567-9", "tel:021234567"),
        ("๐๘๑-๒๓๔-๕๖๗๘", "tel:0812345678"),
        ("(043) 221202, 043 221203", "tel:043221202"),
        ("02 123 4567 ต่อ 12", "tel:021234567;ext=12"),
        ("02 123 4567 ext. 12", "tel:021234567;ext=12"),
        ("+66 2 123 4567", "tel:021234567"),
        ("+66 (0) 81 234 5678", "tel:0812345678"),
        ("1111", "tel:1111"),
        ("1111 กด 2", "tel:1111"),
        ("1567 หรือ 1111", "tel:1567"),
        ("043 22", ""),
        ("", ""),
        ("ไม่มี", ""),
    ],
)
def test_the_first_number_is_dialled(told: str, address: str) -> None:
    assert dial(told) == address


@given(st.text(max_size=40))
def test_an_address_is_digits_alone_or_there_is_none(told: str) -> None:
    address = dial(told)
    assert not address or address.removeprefix("tel:").replace(";ext=", "").isdecimal()
