"""Codes of participation in the reader's language: refusals, what was said, why a statement is not let in."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sala.commons.moderation.words import BREACHES
from sala.commons.participation.rules.statements import Opinion, Reason

REFUSALS: Mapping[str, str | Promise] = {
    "already_joined": _("You are counted already. You need do nothing more."),
    "not_joined": _("You are not among them, so there is nothing to take back."),
    "not_open": _("Nobody can sign at the moment: it has not opened yet, or it is over."),
    "not_open_for_opinions": _(
        "Nobody can answer this at the moment: it has not opened yet, it is over, or it was taken out."
    ),
    "conversation_there_already": _("This matter has a conversation already."),
    "conversation_needs_public_matter": _("Only a matter that everyone can read has a conversation."),
    "said_already": _("Somebody said this in the same words. Answer theirs instead."),
    "no_statements_taken": _("This conversation takes no statements from those who take part."),
    "enough_told": _("Several statements of yours wait for a look. Please wait until they are looked at."),
    "decided_like_that": _("This statement was decided like that already."),
    "statement_missing": _("Write what others can agree or disagree with"),
    "statement_too_long": _("Keep each statement within 140 characters"),
    "closes_in_the_past": _("Choose a day that is still to come"),
    "too_few_people": _("Answers are handed out once five people have answered."),
}

OPINIONS = {
    Opinion.AGREE.value: _("agree"),
    Opinion.DISAGREE.value: _("disagree"),
    Opinion.PASS.value: _("pass"),
}

# The rules of moderation, and three of their own: a sentence that cannot be answered helps nobody.
REASONS: Mapping[str, str | Promise] = {
    **{one.value: words for one, words in BREACHES.items() if one.value in set(Reason)},
    Reason.SAID_ALREADY.value: _("Another statement says the same"),
    Reason.SEVERAL_THINGS.value: _("It says several things at once, so that one answer does not fit"),
    Reason.OFF_THE_SUBJECT.value: _("It is not about this matter"),
}


def refusal(code: str) -> str:
    """A refusal's sentence; the code itself for one that is not of this box."""
    return str(REFUSALS.get(code, code))
