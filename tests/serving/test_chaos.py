"""One kill -9 each of pages, worker, sequencer and PostgreSQL, then of everything at once, while people file and sign.

The long version is `make chaos`; how long it takes to come back is for the bench to say, not for a test.
"""

import subprocess
import sys

import pytest
from tests.whole_site import BENCH, ROOT, clean_environment


@pytest.mark.slow
@pytest.mark.req("CMP-1.1", "LAW-3.1", "TRU-2")
@pytest.mark.timeout(600)
def test_whatever_is_killed_each_answered_filing_and_signature_is_there_once_and_in_the_ledger() -> None:
    ended = subprocess.run(
        [sys.executable, str(BENCH / "chaos.py"), "--short", "--between", "0.3"],
        env=clean_environment(PYTHONPATH=f"{ROOT / 'src'}:{BENCH}"),
        cwd=BENCH,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "all as signed" in ended.stdout
    lines = [line for line in ended.stdout.splitlines() if line.startswith(("ok ", "LOST"))]
    assert len(lines) == 12
    assert all(line.startswith("ok ") for line in lines), ended.stdout
