"""What a moderator is asked who covers a part of a picture: squares to tick, or a rectangle in numbers."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.engines.cleaning import Area

# On a screen of 360 pixels each square is still wide enough for a finger (24 pixels, WCAG 2.2).
COLUMNS, ROWS = 12, 9
EDGES = (
    ("left", _("Left edge")),
    ("top", _("Top edge")),
    ("right", _("Right edge")),
    ("bottom", _("Bottom edge")),
)


class CoverForm(forms.Form):
    """Squares of the picture, each a box to tick; beside them one rectangle in percent of width and height.

    The squares need no script; with one they are drawn over with the pointer. The numbers are for who wants to be
    exact, and for the keyboard.
    """

    squares = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        choices=[(number, str(number)) for number in range(COLUMNS * ROWS)],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in EDGES:
            self.fields[name] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=100,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    code: _("Write a whole number from 0 to 100.")
                    for code in ("invalid", "min_value", "max_value")
                },
            )

    def clean(self) -> dict[str, Any]:
        """A rectangle has four edges or none, and something is chosen at all."""
        cleaned = super().clean() or {}
        given = [cleaned.get(name) for name, _label in EDGES]
        missing = [name for (name, _label), value in zip(EDGES, given, strict=True) if value is None]
        if missing and len(missing) < len(EDGES):
            self.add_error(missing[0], _("A rectangle needs all four edges."))
        if not cleaned.get("squares") and len(missing) == len(EDGES):
            self.add_error(None, _("Choose at least one square to cover."))
        return cleaned

    def areas(self) -> list[Area]:
        """What to cover, in parts of the picture."""
        found = [_square(number) for number in self.cleaned_data["squares"]]
        edges = [self.cleaned_data[name] for name, _label in EDGES]
        if None not in edges:
            found.append(Area(*(edge / 100 for edge in edges)))
        return found

    def rows(self) -> Iterator[list[tuple[int, bool]]]:
        """The squares, row by row: the number of each and whether it is ticked."""
        ticked = {str(value) for value in (self["squares"].value() or ())}
        for row in range(ROWS):
            yield [(number, str(number) in ticked) for number in range(row * COLUMNS, (row + 1) * COLUMNS)]


def _square(number: int) -> Area:
    row, column = divmod(number, COLUMNS)
    return Area(column / COLUMNS, row / ROWS, (column + 1) / COLUMNS, (row + 1) / ROWS)
