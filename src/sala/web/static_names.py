"""Names of static files: hashed where they were collected, plain where not, and never a broken page."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):
    """Hashed, compressed copies to cache for ever; a file that was not collected keeps its plain name."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:  # not collected: an unstyled page is better than none
            return name
