"""Columns that everyone may read take nothing but a `PublicText`, so that nothing becomes public by forgetting."""

from typing import TYPE_CHECKING, Any

from django.db import models

from sala.engines.thai.public_text import PublicText, stored

if TYPE_CHECKING:
    _Text = models.TextField[PublicText, PublicText]
    _Char = models.CharField[PublicText, PublicText]
else:
    _Text, _Char = models.TextField, models.CharField


class _Public:
    """What both columns do. `ledger.rows` asks `guards_what_is_saved`, since it writes plain columns as they are."""

    guards_what_is_saved = True

    def from_db_value(self, value: str | None, *_: Any) -> PublicText | None:
        return None if value is None else stored(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Refuse a plain text. Raises TypeError: a fault of ours, not of whoever wrote the text."""
        if isinstance(value, str) and not isinstance(value, PublicText):
            if value:
                raise TypeError(
                    f"{self} is read by everyone and takes a PublicText, not {type(value).__name__}"
                )
            return value
        plain = str(value) if isinstance(value, PublicText) else value
        return super().get_db_prep_save(plain, connection)  # type: ignore[misc]  # the field it is mixed into


class PublicTextField(_Public, _Text):
    """A text that everyone may read."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs  # the same column in the database


class PublicCharField(_Public, _Char):
    """A short text that everyone may read."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
