"""What codes of moderation are called on a page: the published rules, in the reader's language."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sala.commons.moderation.rules import Breach, What

BREACHES = {
    Breach.PERSONAL_DATA: _("It tells a person's name, number, address or account"),
    Breach.ACCUSES_A_PERSON: _("It accuses a person by name of what nobody has looked into yet"),
    Breach.INSULT: _("It insults somebody"),
    Breach.THREAT: _("It threatens somebody"),
    Breach.ADVERTISING: _("It is advertising, or the same words again and again"),
    Breach.SHOWS_A_PERSON: _("It shows a person or a number plate"),
    Breach.UNLAWFUL: _("The law forbids to publish it"),
}

WHATS = {
    What.COVERED: _("A part of your words was covered"),
    What.SET_ASIDE: _("It was set aside"),
    What.PICTURE_COVERED: _("A part of a picture was covered"),
    What.PICTURE_WITHHELD: _("A picture is for the office alone"),
}

PART_COVERED = _("A part of what everyone reads was covered")

# Steps of moderation, as each service tells them of its own matters.
WORDS_COVERED = _("Words covered by a moderator")
WORDS_READ = _("Read by a moderator")
SET_ASIDE = _("Set aside for a check")
RELEASED = _("Checked and released")

# Beside the field of a form in which a moderator says why.
WHY = _("Why")
WHY_HINT = _("The person reads this, and may appeal. Another moderator decides then.")
WHAT_EVERYONE_READS = _("What everyone reads")
WHAT_TO_COVER = _("Cover what names or betrays a person. The original is kept.")

REFUSALS = {
    "set_aside": _("It was set aside. A moderator must release it first."),
    "not_quarantined": _("It is not set aside."),
    "not_public": _("It is not public, so there is nothing to cover."),
    "checked_already": _("A moderator has checked this already."),
    "nobody_judges_their_own": _("Whoever decided it does not decide the appeal. Ask another moderator."),
}


def breach_choices() -> list[tuple[str, str]]:
    """The reasons as a form offers them."""
    return [(code.value, str(name)) for code, name in BREACHES.items()]


def breach(code: str) -> str:
    """A reason in words; "" for none."""
    return str(BREACHES[Breach(code)]) if code else ""


def what(code: str, part: str = "") -> str:
    """What was decided, in words; `part` names words that are not those told at first, which may be an office's."""
    return str(PART_COVERED if part else WHATS[What(code)])


def appealed(due_on: str) -> tuple[str, str]:
    """That the person appealed, and by when (a day in words) somebody else decides."""
    by = gettext("Another moderator decides by %(date)s") % {"date": due_on}
    return gettext("The person appealed against a moderator"), by


def appeal_decided(against: str, *, is_upheld: bool) -> tuple[str, str]:
    """What became of an appeal, and against which decision it was."""
    return gettext("Moderation undone") if is_upheld else gettext("Moderation holds"), what(against)
