"""What every test shares: a fixed Hypothesis profile, the shared data folder, no network."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.letters_at_once import letters_leaving_at_once

settings.register_profile(
    "sala", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sala")

ROOT = Path(__file__).resolve().parent.parent


def _fixtures_of(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """Name and scope of every fixture a test needs."""
    info = getattr(item, "_fixtureinfo", None)
    for name, definitions in (info.name2fixturedefs if info else {}).items():
        yield name, definitions[-1].scope


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A parameter made of bytes is named by its argument and place, never by the bytes.

    Packed bytes hold the second they were packed in, so two workers that collected in different seconds named the same
    test differently and the whole run stopped before its first test.
    """
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a thing that is dear to make (a whole site, a world, a market) stay on one worker.

    Each other test goes to whichever worker is free, so that no long file keeps one busy while the other waits.
    """
    for item in items:
        shared = [name for name, scope in _fixtures_of(item) if scope in ("module", "class", "package")]
        if shared and not item.get_closest_marker("xdist_group"):
            values = getattr(item, "callspec", None)
            which = [str(values.params[name]) for name in sorted(shared) if values and name in values.params]
            item.add_marker(pytest.mark.xdist_group("-".join([item.nodeid.split("::")[0], *which])))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; a test that needs it skips, visibly, without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def _letters_leave_at_once() -> Iterator[None]:
    """No worker runs beside a test, so what is posted is sent right away; the outbox's own tests post past this."""
    with letters_leaving_at_once():
        yield


@pytest.fixture(autouse=True)
def _uncounted_acts() -> None:
    """Rate limits count in the process's memory; no test inherits what another one did."""
    limits = sys.modules.get("sala.platform.limits")
    if limits is not None:
        limits.forget_everything()
