"""Every figure we claim, one part after another: `make bench`, or `python -m tests.bench [--large] [PART …]`."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# part -> (arguments as a rule, arguments with --large)
PARTS: dict[str, tuple[list[str], list[str]]] = {
    "web": (["--seconds", "5"], ["--seconds", "8", "--large"]),
    "ledger": ([], []),
    "live_http": ([], []),
    "signing": (["--loaded", "200000", "--mechanisms", "100000"], ["--rounds", "2"]),
    "hearing": (["--comments", "20000"], []),
    "voting": ([], []),
    "budget_pages": (["--events", "50000"], []),
    "limits": ([], []),
    "thai": ([], []),
    "opinions": ([], ["--large"]),
    "laws": ([], []),
    "tally": ([], ["--large"]),
    "ocds_merge": (["--processes", "2000", "--large-megabytes", "100"], []),
    "ocds_check": ([], []),
    "indicators": (["20000"], ["500000"]),
}


def main() -> int:
    """Run the parts; the exit code is 1 if one of them failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--large", action="store_true", help="the sizes of docs/bench: needs an hour and 8 GB"
    )
    options.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named"
    )
    chosen = options.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        options.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    failed = [part for part in chosen.parts or PARTS if run(part, PARTS[part][chosen.large])]
    if failed:
        print(f"\nDid not end well: {', '.join(failed)}")
    return int(bool(failed))


def run(part: str, arguments: list[str]) -> int:
    """One part as a program of its own; returns its exit code."""
    print(f"\n## {part}\n", flush=True)
    begun = time.monotonic()
    paths = os.pathsep.join(str(HERE.parents[1] / name) for name in ("src", "tests"))
    done = subprocess.run(
        [sys.executable, str(HERE / f"{part}.py"), *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    print(f"\n({time.monotonic() - begun:.0f} s)", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
