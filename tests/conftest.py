"""What every test shares: a fixed Hypothesis profile, the shared data folder, no network."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "sala", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sala")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; a test that needs it skips, visibly, without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def _uncounted_acts() -> None:
    """Rate limits count in the process's memory; no test inherits what another one did."""
    limits = sys.modules.get("sala.commons.identity.limits")
    if limits is not None:
        limits.forget_everything()
