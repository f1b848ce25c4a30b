"""What people and officers type: a statement, the opening of a conversation."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.commons.participation.rules.statements import LONGEST
from sala.core.clock import BANGKOK
from sala.core.dates import parse_date


class StatementForm(forms.Form):
    """One statement."""

    text = forms.CharField(
        label=_("One thought that others can agree or disagree with"),
        help_text=_("At most 140 characters. No names, numbers or addresses of people."),
        max_length=LONGEST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what others can agree or disagree with")},
    )


class OpeningForm(forms.Form):
    """A conversation for a matter: the office's statements one a line."""

    reference = forms.CharField(
        label=_("Number of the matter"),
        max_length=40,
        error_messages={"required": _("Write the number of a matter of your office")},
    )
    question = forms.CharField(
        label=_("What it is about, in a line"),
        max_length=200,
        error_messages={"required": _("Write in a line what it is about")},
    )
    seeds = forms.CharField(
        label=_("Your statements, one a line"),
        help_text=_("From all sides, each with one thought of at most 140 characters. People add theirs."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write at least one statement")},
    )
    closes_on = forms.CharField(
        label=_("Last day"), help_text=_("Leave empty to close it by hand."), required=False, max_length=40
    )
    allows_pseudonyms = forms.BooleanField(
        label=_("Without signing in as well: each browser counts once"), required=False, initial=True
    )
    takes_statements = forms.BooleanField(
        label=_("People add statements, which you look at first"), required=False, initial=True
    )

    def clean_closes_on(self) -> datetime | None:
        """The first instant after the last day. Raises ValidationError for what is no day."""
        text = self.cleaned_data["closes_on"]
        if not text:
            return None
        try:
            day: date = parse_date(text)
        except ValueError:
            raise forms.ValidationError(_("Write a day, such as 31/12/2569")) from None
        return datetime.combine(day + timedelta(days=1), time.min, BANGKOK)

    def values(self) -> dict[str, Any]:
        """What the action takes besides actor, now and reference."""
        given = self.cleaned_data
        return {
            "question": given["question"],
            "seeds": tuple(given["seeds"].splitlines()),
            "closes_at": given["closes_on"],
            "allows_pseudonyms": given["allows_pseudonyms"],
            "takes_statements": given["takes_statements"],
        }
