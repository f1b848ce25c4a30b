"""The forms of a moderator's acts on a request; `values` gives what the action takes."""

from typing import Any

from django import forms

from sala.commons.moderation import words
from sala.commons.moderation.actions import Breach
from sala.commons.moderation.queries import Part, told_part, version_of
from sala.services.information.forms.acts import ActForm
from sala.services.information.models import Request


def _breach() -> forms.ChoiceField:
    return forms.ChoiceField(label=words.WHY, help_text=words.WHY_HINT, choices=words.breach_choices)


def _seen() -> forms.CharField:
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class SetAsideForm(ActForm):
    """Why a moderator sets a request aside."""

    breach = _breach()

    def values(self) -> dict[str, Any]:
        """The reason as the rules know it."""
        return {"breach": Breach(self.cleaned_data["breach"])}


class KeepForm(ActForm):
    """A moderator leaves the words as they read them: which words those were."""

    seen = _seen()

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.initial = {"seen": version_of(request), "breach": Breach.ADVERTISING.value}
        if request.matter.visibility == "quarantined":
            self.fields["breach"] = _breach()

    def values(self) -> dict[str, Any]:
        """What was read, and the reason for what stays set aside."""
        breach = self.cleaned_data.get("breach")
        return {"seen": self.cleaned_data["seen"], "breach": Breach(breach) if breach else None}


class CoverForm(ActForm):
    """What everyone reads of a part of a request."""

    part = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    public_text = forms.CharField(
        label=words.WHAT_EVERYONE_READS,
        help_text=words.WHAT_TO_COVER,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    breach = _breach()
    seen = _seen()

    def __init__(self, *args: Any, request: Request, part: Part | None = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        meant = part or told_part(request)
        self.initial = {
            "part": meant.code,
            "public_text": meant.public_text,
            "seen": version_of(meant),
            "breach": Breach.PERSONAL_DATA.value,
        }

    def values(self) -> dict[str, Any]:
        """The words, which they are, and the reason as the rules know it."""
        return {**self.cleaned_data, "breach": Breach(self.cleaned_data["breach"])}
