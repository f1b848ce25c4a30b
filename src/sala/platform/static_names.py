"""Names of static files: hashed where they were collected, plain where not, and never a broken page."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):
    """Hashed, compressed copies to cache for ever; a file that was not collected keeps its plain name."""

    manifest_strict = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._addresses: dict[str, str] = {}

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:  # not collected: an unstyled page is better than none
            return name

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file; worked out once, as a page names eight of them and they stay until the next start."""
        if name is None or force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]
