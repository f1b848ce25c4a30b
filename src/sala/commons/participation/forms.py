"""Forms of an office's page for a collection: a sheet of paper, and which signatures are set aside."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.commons.participation.actions import SheetRow
from sala.commons.participation.queries import LONGEST_SHEET, Condition, Finding, InvalidationReason
from sala.commons.participation.rules.statements import LONGEST
from sala.commons.participation.words import CHANNELS, FINDINGS, REASONS
from sala.core.clock import BANGKOK
from sala.core.dates import parse_date

_ANY = [("", _("any"))]


class SheetForm(forms.Form):
    """A sheet as it lies on the table: its number, and a line for each signature."""

    number = forms.CharField(
        label=_("Number of the sheet"),
        max_length=40,
        error_messages={"required": _("Write the sheet's number.")},
    )
    lines = forms.CharField(
        label=_("Signatures on it"),
        help_text=_(
            "A line for each: citizen number, a space, name and surname. Thai digits and dashes will do."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=60_000,
        error_messages={"required": _("Write at least one signature.")},
    )

    def clean_lines(self) -> list[SheetRow]:
        """The rows; what stands before the first space or tab is the number."""
        rows = []
        for line in self.cleaned_data["lines"].splitlines():
            number, _space, name = line.strip().partition(" ") if "\t" not in line else line.partition("\t")
            if number:
                rows.append(SheetRow(name=name.strip()[:200], number=number))
        if not 0 < len(rows) <= LONGEST_SHEET:
            raise forms.ValidationError(_("A sheet has between one and 500 signatures."))
        return rows


class SetAsideForm(forms.Form):
    """Which signatures are meant, and why; `until` is the instant of the preview, so that later ones stay out."""

    channel = forms.ChoiceField(label=_("How they came"), required=False, choices=[*_ANY, *CHANNELS.items()])
    sheet = forms.CharField(label=_("On the sheet of this number"), required=False, max_length=40)
    finding = forms.ChoiceField(
        label=_("What the register says"), required=False, choices=[*_ANY, *FINDINGS.items()]
    )
    reason = forms.ChoiceField(label=_("Why"), choices=list(REASONS.items()))
    until = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    expected = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuses what says of no signature which it is."""
        given = super().clean() or {}
        if not any(given.get(name) for name in ("channel", "sheet", "finding")):
            self.add_error(
                "channel", _("Say which signatures are meant; all of them cannot be set aside at once.")
            )
        return given

    def condition(self, **more: Any) -> Condition:
        """The condition that was said."""
        given = self.cleaned_data
        return Condition(
            channel=given["channel"],
            sheet=given["sheet"],
            finding=Finding(given["finding"]) if given["finding"] else "",
            **more,
        )

    def reason_given(self) -> InvalidationReason:
        """Why."""
        return InvalidationReason(self.cleaned_data["reason"])


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
            return datetime.combine(day + timedelta(days=1), time.min, BANGKOK)
        except (ValueError, OverflowError):  # the calendar's last day has none behind it
            raise forms.ValidationError(_("Write a day, such as 31/12/2569")) from None

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
