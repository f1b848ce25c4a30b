"""Whose processor time a filing or a page costs: `python tests/bench/budget.py`.

Rates depend on who else works on the machine; processor time by group of processes hardly does.
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
import running_site
from bulk import load_many
from load import ask
from processor_time import times_by_group
from web import CONNECTIONS, wait_for_ledger

# A cookie that is nobody's: its page is made anew, not kept.
PERSONAL = "sala_session=nobody"  # goes past the kept pages, as every signed-in request does
FILE = "/open311/v2/requests.json"


def measure(
    site: tuple[int, int, Path], what: str, paths: Sequence[str], *, seconds: float, **more: object
) -> None:
    """Ask for a while and print what an answer cost, in milliseconds by group."""
    port, supervisor, folder = site
    ask(port, paths, seconds=3, connections=CONNECTIONS, **more)
    wait_for_ledger()
    before = times_by_group(supervisor, folder)
    speed = ask(port, paths, seconds=seconds, connections=CONNECTIONS, **more)
    at_end = times_by_group(supervisor, folder)
    wait_for_ledger()
    settled = times_by_group(supervisor, folder)
    answers = max(1, speed.rate * seconds)
    print(f"\n{what}: {speed}; load of the machine {psutil.getloadavg()[0]:.1f}\n")
    print("| milliseconds of processor time each | while asked | and until all is followed |\n|---|--:|--:|")
    rows = {name: (at_end[name] - before[name], settled[name] - before[name]) for name in settled}
    rows["**all**"] = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    for name, (during, whole) in sorted(rows.items(), key=lambda row: row[1]):
        if whole / answers >= 0.005:
            print(f"| {name} | {during / answers:.2f} | {whole / answers:.2f} |", flush=True)


def main() -> int:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=6.0, help="length of each measurement")
    options.add_argument("--only", default="", help="only those whose name has this word")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = running_site.prepare()
    try:
        load_many(1000)
        from sala.commons.matters.models import Matter

        references = Matter.objects.order_by("id").values_list("reference", flat=True)[:1000:2]
        wanted = {
            "a filing": ([FILE], {"body": running_site.FILING}),
            "a tracking page": ([f"/complaints/{r}" for r in references], {"cookie": PERSONAL}),
            "the public list": (["/matters/"], {"cookie": PERSONAL}),
            "a search": (["/matters/?q=%E0%B8%96%E0%B8%99%E0%B8%99"], {"cookie": PERSONAL}),
        }
        with running_site.serving() as (port, serve):
            for what, (paths, more) in wanted.items():
                if chosen.only in what:
                    measure((port, serve.pid, folder), what, paths, seconds=chosen.seconds, **more)
    finally:
        running_site.clear_away(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
