"""What an auditor asks a draw for, and of which days they want the looks."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.commons.oversight.queries import MOST_DRAWN
from sala.commons.worklist import queries as worklist
from sala.core.clock import BANGKOK

LONGEST_SEED = 80


def _day() -> forms.DateInput:
    """A browser's own field for a day, which takes no other way of writing one than the standard's."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SpanForm(forms.Form):
    """From which day to which, of which office; both days are within."""

    since = forms.DateField(label=_("From"), widget=_day())
    until = forms.DateField(label=_("Until"), widget=_day())

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError, beside the second day, for a span that ends before it begins."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("since") and told.get("until") and told["since"] > told["until"]:
            self.add_error("until", _("It ends before it begins"))
        return told

    def span(self) -> tuple[datetime, datetime]:
        """The first instant of the first day, and the first after the last, in Thailand."""
        begin, end = self.cleaned_data["since"], self.cleaned_data["until"] + timedelta(days=1)
        return datetime.combine(begin, time(), BANGKOK), datetime.combine(end, time(), BANGKOK)


class SampleForm(SpanForm):
    """What is drawn from, how many, and the seed that makes the draw repeatable."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_DRAWN)
    seed = forms.CharField(
        label=_("Seed"),
        max_length=LONGEST_SEED,
        help_text=_(
            "Any words. Who writes the same words draws the same matters, so put them into your report."
        ),
    )
    field_order = ("kind", "since", "until", "size", "seed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.plural) for kind in worklist.kinds_worked_on()]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]  # a choice field
