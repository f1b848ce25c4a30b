"""Cardinal's eleven on data with everything wrong that data can have: what a plain restatement gives."""

from typing import Any

import pytest

from engines.indicators.conftest import duckdb_study
from engines.indicators.odd_processes import Odd
from engines.indicators.plain import Cardinal
from sala.engines import indicators

pytestmark = pytest.mark.req("PRC-3.3")
Json = dict[str, Any]
ELEVEN = "".join(f"[{code}]\n" for code in indicators.CARDINAL_CODES)
SETTINGS = {
    "defaults": ELEVEN,
    "main currency": f"currency = THB\n{ELEVEN}[R048]\nminimum_contracting_processes = 2\ndigits = 3\n",
    "methods": "no_price_comparison_procurement_methods = y|x\n[exclusions]\nprocurement_method_details = z\n"
    + ELEVEN
    + "[R003]\nthreshold = 5\nprocurement_methods = open|limited\n[R003.procurement_method_details]\nx = 30\n"
    + "[R018]\nprocurement_methods = limited\n[R025]\npercentile = 50\n",
    "only some compared": "no_price_comparison_procurement_methods = x\n"
    "price_comparison_procurement_methods = x|y\n[R024]\n[R058]\n[R028]\n[R036]\n",
    "thresholds": "currency = THB\n[R003]\nthreshold = 30\n[R018]\nprocurement_methods =\n[R024]\nthreshold = 0.5\n"
    "[R025]\npercentile = 10\nthreshold = 0.4\n[R035]\nthreshold = 0\n[R038]\nthreshold = 0.4\n"
    "minimum_submitted_bids = 5\nminimum_contracting_processes = 9\n[R048]\nthreshold = 2\n"
    "minimum_contracting_processes = 1\n[R058]\nthreshold = 0.5\n",
    "thresholds of nothing": "[R024]\nthreshold = 0\n[R025]\nthreshold = 0\n[R038]\nthreshold = 0\n"
    "[R058]\nthreshold = 0\n[R035]\nthreshold = 2\n"
    "[R048]\nthreshold = 0\nminimum_contracting_processes = 0\ndigits = 0\n",
    "lowest alone": "[R036]\n",
}


@pytest.fixture(scope="module")
def processes():
    odd = Odd(20261123)
    return [odd.process(at) for at in range(600)] + [odd.ordinary(at) for at in range(240)]


def as_listed(found: dict[str, Any]) -> Any:
    """Maps with their lists in order, for comparison."""
    return {
        key: {ocid: sorted(who) if isinstance(who, list | set) else who for ocid, who in pairs.items()}
        for key, pairs in found.items()
    }


@pytest.mark.parametrize("name", SETTINGS)
def test_odd_data_gives_what_the_plain_rules_give(processes, name):
    settings = indicators.parse(SETTINGS[name])
    study, statistics = duckdb_study(processes, settings), indicators.Statistics()
    rows = list(indicators.flagged_rows(study, statistics))
    expected = Cardinal(processes, settings)
    assert sum(len(found) for found in expected.results.values()) > 3
    assert indicators.as_cardinal(rows) == expected.results
    assert indicators.meta(statistics, settings) == expected.meta
    assert as_listed(indicators.maps(study, rows)) == as_listed(expected.maps)


def test_amounts_beyond_what_can_be_counted_have_no_hundredths():
    change = {"property": "value.amount", "former_value": 1e308}
    contract = {"value": {"amount": 1e308, "currency": "THB"}, "amendments": [{"changes": [change]}]}
    (tables,) = indicators.flatten([(1, {"ocid": "a", "contracts": [contract]})])
    (row,) = tables["contracts"].to_pylist()
    assert (row["amount"], row["satang"], row["first_satang"]) == (1e308, None, None)
