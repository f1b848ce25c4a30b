"""No number is rounded in silence: what is written is read, merged and written again as it stands."""

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import ocds
from sala.engines.indicators.prepare import Preparer
from sala.engines.indicators.settings import Settings
from sala.engines.indicators.tables import COLUMNS, add_rows
from sala.engines.ocds import numbers

pytestmark = pytest.mark.req("PRC-2.3")

BIG = [18446744073709551617, 18446744073709551618]


@pytest.mark.parametrize(
    "text",
    [
        "18446744073709551617",
        "-9223372036854775809",
        "[12345678901234567890.12]",
        '{"amount":1234567.8899999999}',
        "[0.12345678901234567891]",
        "[1E+400,5]",
        '{"a":[{"b":100000000000000000001}]}',
        "[123456789012345678]",
        '{"id":"18446744073709551617"}',
        '["a \\" 12345678901234567890, b"]',
    ],
)
def test_a_number_comes_out_as_it_went_in(text: str) -> None:
    assert numbers.dumps(numbers.loads(text.encode())).decode() == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**30), max_value=10**30))
def test_any_decimal_keeps_its_value(number: Decimal) -> None:
    if -300 < number.adjusted() < 300:
        read = numbers.loads(json.dumps([0]).replace("0", f"{number:f}").encode())
        (again,) = json.loads(numbers.dumps(read), parse_float=Decimal, parse_int=Decimal)
        assert again == number


@given(st.integers())
def test_any_whole_number_keeps_its_value(number: int) -> None:
    assert numbers.loads(numbers.dumps({"id": number})) == {"id": number}


@pytest.mark.parametrize(
    "text", ["[1e999999999]", "[" + "9" * 5000 + "]", "[NaN]", "[12345678901234567890,]", "[01]"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        numbers.loads(text.encode())


def test_two_items_with_long_ids_stay_two() -> None:
    items = [{"id": number, "description": word} for number, word in zip(BIG, "ab", strict=True)]
    release = {"ocid": "o", "id": "1", "date": "2024-01-01T00:00:00Z", "tender": {"id": "t"}}
    texts = [
        json.dumps(release | {"id": str(n), "tender": {"id": "t", "items": [one]}})
        for n, one in enumerate(items)
    ]
    store = ocds.MemoryStore()
    ocds.gather(ocds.read(io.BytesIO("\n".join(texts).encode())), store)
    for merge in (ocds.compile_release, ocds.version_release):
        releases = [numbers.loads(text.encode()) for text in texts]
        assert [one["id"] for one in merge(releases, ocds.rules_1_1())["tender"]["items"]] == BIG
    (merged,) = ocds.merge_all(store, lambda found: ocds.compile_release(found, ocds.rules_1_1()))
    assert merged["tender"]["items"] == items


def test_a_long_amount_is_a_number_for_the_check() -> None:
    text = b'{"ocid": "ocds-213czf-1", "tender": {"id": "t", "value": {"amount": 12345678901234567890.12}}}'
    kinds = {one.kind for one in ocds.Checker().check(ocds.read(io.BytesIO(text)))}
    assert "number" not in kinds


@pytest.mark.parametrize(
    ("number", "held"),
    [
        (1, 1.0),
        (2.5, 2.5),
        (1 << 60, float(1 << 60)),
        ((1 << 60) + 1, None),
        (BIG[0], None),
        (10**400, None),
        (Decimal("12345678901234567890.12"), None),
        (True, None),
        ("1", None),
    ],
)
def test_indicators_count_a_number_exactly_or_not_at_all(number: Any, held: float | None) -> None:
    rows: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    add_rows(rows, 1, {"ocid": "o", "tender": {"value": {"amount": number}}})
    amount = [column.split(":")[0] for column in COLUMNS["processes"].split()].index("amount")
    assert rows["processes"][0][amount] == held


def test_prepare_makes_text_of_a_long_id_without_changing_it() -> None:
    process = {"ocid": "o", "awards": [{"id": BIG[0], "suppliers": [{"id": BIG[1]}]}]}
    Preparer(Settings()).prepare(process)
    assert process["awards"] == [{"id": str(BIG[0]), "suppliers": [{"id": str(BIG[1])}]}]
