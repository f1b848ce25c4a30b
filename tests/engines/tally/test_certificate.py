"""A certificate agrees with its own count, and with no other: every figure in it is compared."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from sala.engines import tally

ELECTION = tally.build_election(
    {"a": 4000, "b": 5000, "c": 4000, "d": 20_000}, 10_000, [["a", "b"], ["b", "c"], ["a"], ["c"], []]
)
CERTIFICATE = tally.certify(
    ELECTION, tally.Settings("equal-shares", completion="add-one-greedy"), sha256="0" * 64
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    yield from (leaf for key, one in inside for leaf in leaves(one, (*path, key)))
    if path:
        yield path


OTHERS: list[tuple[Any, Any]] = [("0", 1), (1, True), (0, False)]


def changed(path: tuple[Any, ...], *, gone: bool) -> dict[str, Any]:
    forged = copy.deepcopy(CERTIFICATE)
    holder: Any = forged
    for key in path[:-1]:
        holder = holder[key]
    if gone:
        del holder[path[-1]]
    else:
        old = holder[path[-1]]
        holder[path[-1]] = next(
            (new for known, new in OTHERS if type(known) is type(old) and known == old), "0"
        )
    return forged


def verdict(forged: dict[str, Any]) -> list[str] | str:
    """What differs, or the sentence with which the certificate is refused."""
    try:
        claimed = tally.read_certificate(json.dumps(forged))
        again = tally.certify(ELECTION, tally.read_settings(claimed), sha256="0" * 64)
    except (tally.CertificateError, tally.ElectionError) as refused:
        return str(refused)
    return tally.find_differences(claimed, again)


def test_an_untouched_certificate_agrees():
    assert verdict(CERTIFICATE) == []


@pytest.mark.req("BUD-3.3")
@pytest.mark.parametrize("gone", [False, True])
def test_no_figure_can_be_changed_or_left_out_unseen(gone):
    for path in leaves(CERTIFICATE):
        assert verdict(changed(path, gone=gone)), path


def test_a_name_given_twice_is_refused():
    text = json.dumps(CERTIFICATE).replace('"engine"', '"result": {"winners": []}, "engine"', 1)
    with pytest.raises(tally.CertificateError, match="'result' twice"):
        tally.read_certificate(text)
