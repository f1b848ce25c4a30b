"""What comes of cleaning: the clean file, or why there is none."""

from typing import NamedTuple


class Cleaned(NamedTuple):
    """A clean file: its media type and its content."""

    media_type: str
    content: bytes


class Unclean(ValueError):
    """The file cannot be kept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
