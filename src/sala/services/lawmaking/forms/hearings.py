"""Forms of hearings: what an office tells to open one, another version, more time; what people say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.commons.moderation.words import breach_choices
from sala.core.actors import Actor, Channel
from sala.design.fields import DayField
from sala.services.lawmaking.permissions import WORKERS
from sala.services.lawmaking.rules.hearings import LONGEST, About, Rung
from sala.services.lawmaking.words.hearing_names import ABOUTS, CHANNELS, RUNGS
from sala.services.lawmaking.words.question_names import refusal

TAKEN_IN = (Channel.PHONE, Channel.COUNTER, Channel.PAPER)


def _told(name: str, label: Any, hint: Any = "", *, required: bool = False, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST[name],
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("People need to know this before they can speak. Write it here.")},
    )


class OpeningForm(forms.Form):
    """All that an office tells of a hearing, on one page: who opens one has these papers before them."""

    title = forms.CharField(
        label=_("What is it about, in one line?"),
        help_text=_("As a neighbour would say it: “Rent deposits are paid back within 7 days”."),
        max_length=LONGEST["title"],
        error_messages={"required": _("People need to know this before they can speak. Write it here.")},
    )
    about = forms.ChoiceField(
        label=_("People are asked about"),
        choices=[(one.value, words) for one, words in ABOUTS.items()],
        widget=forms.RadioSelect,
        initial=About.DRAFT.value,
    )
    agency = forms.ChoiceField(label=_("Office that asks"))
    summary = _told(
        "summary",
        _("What is proposed?"),
        _("Plain words. What is so today, what would be so then."),
        required=True,
    )
    why = _told("why", _("Why?"), required=True)
    affected = _told("affected", _("Who is affected, and how?"), _("One group a line."))
    options = _told("options", _("What else could be done?"))
    open_points = _told(
        "open_points",
        _("What may still change?"),
        _("One point a line. Whoever reads this knows whether it is worth their time."),
        required=True,
    )
    fixed_points = _told(
        "fixed_points", _("What cannot be changed this time, and why?"), _("One point a line.")
    )
    rung = forms.ChoiceField(
        label=_("How far does what people say go?"),
        choices=[(one.value, words) for one, (words, _more) in RUNGS.items()],
        widget=forms.RadioSelect,
        initial=Rung.ANSWERED.value,
    )
    questions = forms.CharField(
        label=_("Questions to answer in a minute"),
        help_text=_(
            "One a line, ten at most. Half of all hearings get six answers or fewer: a question helps."
        ),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    text = forms.CharField(
        label=_("The text in full"),
        help_text=_("Paste it from มาตรา ๑ or ข้อ ๑ on, with its title. It is shown section by section."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    law = forms.CharField(
        label=_("Law in the library that it changes or asks about"),
        help_text=_("Its code, the last part of its address."),
        required=False,
        max_length=120,
    )
    earlier = forms.CharField(
        label=_("Earlier hearing of the same draft"),
        help_text=_("Its number. Both stay together."),
        required=False,
        max_length=40,
    )
    closes_on = DayField(
        label=_("Last day on which people may speak"),
        help_text=_("Until its last second. No law sets a least number of days; guidance says 15."),
        max_length=40,
        error_messages={"required": _("Write a day, like 5 Dec 2026 or 5/12/2569.")},
    )
    why_short = _told("why_short", _("If that is fewer than 15 days: why?"), _("Everybody reads it."), rows=2)

    def __init__(self, *args: Any, actor: Actor, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [code for code in actor.agencies if actor.holds_any(WORKERS, code)]
        choices = [(code, agencies.agency_label(agencies.get_agency(code), language)) for code in codes]
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.fields["rung"].choice_hints = {  # type: ignore[attr-defined]  # read by the field's template
            one.value: more for one, (_words, more) in RUNGS.items()
        }

    def clean_questions(self) -> tuple[str, ...]:
        """One question a line."""
        return tuple(line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip())


class TextForm(forms.Form):
    """Another version of the text."""

    note = _told("note", _("What is different in it?"), required=True, rows=3)
    text = forms.CharField(
        label=_("The text in full"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Paste the draft in full. People speak about its sections.")},
    )


class LongerForm(forms.Form):
    """More time for people."""

    closes_on = DayField(
        label=_("New last day"),
        max_length=40,
        error_messages={"required": _("Write a day, like 5 Dec 2026 or 5/12/2569.")},
    )


class HidingForm(forms.Form):
    """Which published rule a comment breaks."""

    breach = forms.ChoiceField(
        label=_("Which rule does it break?"),
        choices=breach_choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the published reasons")},
    )


class SpeakingForm(forms.Form):
    """What somebody says: on the whole, a part or words of it; a wording they would like instead; a name or none."""

    text = forms.CharField(
        label=_("What do you think, and why?"),
        help_text=_("A sentence is enough. What happened to you counts more than words of law."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    quote = forms.CharField(
        label=_("Words it is about"),
        help_text=_("Copy them from the text. Leave it empty for the whole part."),
        required=False,
        max_length=500,
    )
    suggestion = forms.CharField(
        label=_("A wording you would like instead"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shown_name = forms.CharField(
        label=_("A name to be shown with it"),
        help_text=_("One you choose, not your own. Leave it empty to show none."),
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, has_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_words:
            # Of the whole there are no words to choose, and no wording to put in their place.
            del self.fields["quote"], self.fields["suggestion"]
            self.fields["text"].required = True
            self.fields["text"].error_messages["required"] = refusal("comment_missing")


class TakenForm(SpeakingForm):
    """The same, written down by an officer for somebody who called, came or wrote."""

    channel = forms.ChoiceField(
        label=_("How was it said?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it reached you.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(channel.value, CHANNELS[channel.value]) for channel in TAKEN_IN]
