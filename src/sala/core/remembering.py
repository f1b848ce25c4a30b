"""Answers kept in this process for some seconds: reference data is read on every filing and changed monthly."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


_ahead = threading.local()


@contextmanager
def reading_ahead(seconds: float) -> Iterator[None]:
    """In this thread, inside the block: what would be forgotten within these seconds is read anew already now.

    The old answers stay for everybody else meanwhile. What is kept for less than twice as long is left alone.
    """
    _ahead.seconds = seconds
    try:
        yield
    finally:
        _ahead.seconds = 0.0


class Memory:
    """What one box keeps; `forget` drops all of it, for actions that change reference data and for tests."""

    def __init__(self, most: int = 5000) -> None:
        """`most` bounds each query's answers: a key may come from a stranger, who must not fill the memory."""
        self._kept: list[dict[Any, Any]] = []
        self._most = most

    def keep(self, seconds: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """A query whose answers are kept for some seconds, by its arguments."""

        def decorate(query: Callable[P, T]) -> Callable[P, T]:
            kept: dict[Any, tuple[float, T]] = {}
            self._kept.append(kept)

            @wraps(query)
            def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
                key = (args, tuple(sorted(kwargs.items())))
                until, answer = kept.get(key, (0.0, None))
                ahead: float = getattr(_ahead, "seconds", 0.0)
                if until - (ahead if seconds > 2 * ahead else 0.0) < time.monotonic():
                    answer = query(*args, **kwargs)
                    if len(kept) >= self._most:
                        kept.clear()
                    kept[key] = (time.monotonic() + seconds, answer)
                return answer  # type: ignore[return-value]  # None only before the first answer

            return remembered

        return decorate

    def forget(self) -> None:
        """Drop what was kept."""
        for kept in self._kept:
            kept.clear()
