"""Lists for `unnest` as the text PostgreSQL reads them from: for a thousand values the driver's own way costs more than
the statement. The statement casts the place (`%s::bytea[]`), so that nothing is guessed."""

from collections.abc import Iterable


def numbers(values: Iterable[int | None]) -> str:
    """Whole numbers."""
    return "{" + ",".join("NULL" if value is None else str(int(value)) for value in values) + "}"


def raw(values: Iterable[bytes]) -> str:
    """Bytes."""
    return "{" + ",".join(f'"\\\\x{value.hex()}"' for value in values) + "}"


def texts(values: Iterable[str | None]) -> str:
    """Texts of any kind; None is NULL."""
    return "{" + ",".join("NULL" if value is None else _quoted(value) for value in values) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
