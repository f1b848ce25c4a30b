"""Acts of several people at the same moment: threads of their own, each with its own connection."""

import threading
from collections.abc import Callable

from django.db import connection

from sala.core.errors import SalaError


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned, or the refusal it got; all started together in threads of their own."""
    ready, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        ready.wait()
        try:
            results[number] = acts[number]()  # type: ignore[call-overload]  # a list of anything
        except SalaError as refusal:
            results[number] = refusal  # type: ignore[call-overload]  # as above
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
