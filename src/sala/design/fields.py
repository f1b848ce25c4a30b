"""Fields that forms of several services ask: a day as people write it, and something chosen by its name."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sala.core.dates import parse_date
from sala.core.phones import is_phone
from sala.engines import thai


class DayField(forms.CharField):
    """A day as people write it, in either era: 5 ธ.ค. 2569, 5/12/2026."""

    def clean(self, value: Any) -> date | None:  # type: ignore[override]  # a day, not its text
        """The day, None for nothing. Raises ValidationError."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            day = parse_date(typed)
            # The calendar's own ends have no day before or behind them, and no instant in every zone.
            if not date(1, 1, 2) <= day < date.max:
                raise ValueError("a day that nothing can be counted from")
            return day
        except ValueError:
            raise forms.ValidationError(_("Write a day, like 5 Dec 2026 or 5/12/2569.")) from None


class PhoneField(forms.CharField):
    """The telephone number of whoever writes: as they typed it, Thai digits as Arabic ones."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        super().__init__(label=_("Telephone"), required=False, max_length=30, widget=widget, **more)

    def clean(self, value: Any) -> str:
        """The number, "" for none. Raises ValidationError for what has too few or too many digits."""
        phone = thai.normalise(super().clean(value)).strip()
        if phone and not is_phone(phone):
            raise forms.ValidationError(_("A telephone number has nine or ten digits, like 081 234 5678."))
        return phone


class NamedField(forms.CharField):
    """Something of a long list, by its name; without scripts the answer names those that could be meant.

    `read` makes a code of what was typed, "" for none; `suggest` gives (code, label) in a language; `suggest_from` is
    the address that the page's script asks, `unknown` the words where nothing is like it.
    """

    def __init__(
        self,
        *,
        read: Callable[[str], str],
        suggest: Callable[..., Sequence[tuple[str, str]]],
        suggest_from: Any,
        unknown: Any,
        **more: Any,
    ) -> None:
        self.read, self.suggest, self.unknown = read, suggest, unknown
        attributes = {"data-suggest-from": suggest_from, "autocomplete": "off"}
        super().__init__(max_length=300, widget=forms.TextInput(attrs=attributes), **more)

    def clean(self, value: Any) -> str:
        """The code. Raises ValidationError with those that could be meant."""
        typed: str = super().clean(value)
        code = self.read(typed)
        if typed and not code:
            found = self.suggest(typed, language=get_language() or "th")
            names = "; ".join(f"{label} [{code}]" for code, label in found)
            which = gettext("Which of these? Write it as it stands here: %s")
            raise forms.ValidationError(which % names if names else str(self.unknown))
        return code
