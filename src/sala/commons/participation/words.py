"""Words for what participation refuses and records."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sala.commons.moderation.words import BREACHES
from sala.commons.participation.rules.statements import Opinion, Reason
from sala.design import slots

REFUSALS = {
    "already_joined": gettext_lazy("You are counted already. You need do nothing more."),
    "not_joined": gettext_lazy("You are not among them, so there is nothing to take back."),
    "not_open": gettext_lazy("Nobody can sign at the moment: it has not opened yet, or it is over."),
    "filed_already": gettext_lazy("The signatures were handed in already, so this is not possible any more."),
    "not_placed_yet": gettext_lazy(
        "The newest signatures have no place in the ledger yet. Try again in a minute."
    ),
    "sheet_known": gettext_lazy("A sheet of this number was entered already."),
    "condition_empty": gettext_lazy(
        "Say which signatures are meant; all of them cannot be set aside at once."
    ),
    "comment_missing": gettext_lazy("Write what you think, or the wording you would like instead."),
    "comment_not_found": gettext_lazy("There is no such comment."),
    "quote_not_found": gettext_lazy(
        "These words do not stand in this part of the text. Copy them from it, or leave the field empty."
    ),
    "not_open_for_opinions": gettext_lazy(
        "Nobody can answer this at the moment: it has not opened yet, it is over, or it was taken out."
    ),
    "conversation_there_already": gettext_lazy("This matter has a conversation already."),
    "conversation_needs_public_matter": gettext_lazy(
        "Only a matter that everyone can read has a conversation."
    ),
    "said_already": gettext_lazy("Somebody said this in the same words. Answer theirs instead."),
    "no_statements_taken": gettext_lazy("This conversation takes no statements from those who take part."),
    "enough_told": gettext_lazy(
        "Several statements of yours wait for a look. Please wait until they are looked at."
    ),
    "decided_like_that": gettext_lazy("This statement was decided like that already."),
    "statement_missing": gettext_lazy("Write what others can agree or disagree with"),
    "statement_too_long": gettext_lazy("Keep each statement within 140 characters"),
    "closes_in_the_past": gettext_lazy("Choose a day that is still to come"),
    "too_few_people": gettext_lazy("Answers are handed out once five people have answered."),
    "proof_needed": gettext_lazy(
        "Please prove your citizen number first. It is asked for anew each time, and not kept."
    ),
}
# Refusals of identity that its own words say; asked for by their sentence, so that one sentence stands for both.
_LEVEL = gettext_lazy("This needs surer proof of who you are. Sign in at a higher level.")
EVENTS = {
    "participation.signed": gettext_lazy("Somebody signed"),
    "participation.withdrawn": gettext_lazy("Somebody took their signature back"),
    "participation.threshold_reached": gettext_lazy("As many signed as are needed"),
    "participation.threshold_lost": gettext_lazy("Signatures were set aside; fewer are left than are needed"),
    "participation.sheet_entered": gettext_lazy("A sheet of paper with signatures was entered"),
    "participation.register_asked": gettext_lazy("Signers were taken out to be held against a register"),
    "participation.register_answered": gettext_lazy("A register answered about signatures"),
    "participation.signatures_invalidated": gettext_lazy("Signatures are being set aside"),
    "participation.invalidation_reversed": gettext_lazy("Signatures that were set aside come back"),
    "participation.handed_over": gettext_lazy("Signatures were written into a file for a committee"),
    "participation.details_erased": gettext_lazy("Names and numbers of signers were taken away"),
}

CHANNELS = {"web": gettext_lazy("on the web"), "paper": gettext_lazy("on paper")}
FINDINGS = {
    "confirmed": gettext_lazy("confirmed"),
    "unknown": gettext_lazy("unknown there"),
    "ineligible": gettext_lazy("may not sign"),
}
REASONS = {
    "forged": gettext_lazy("Forged"),
    "made_by_machine": gettext_lazy("Made by a machine"),
    "not_entitled": gettext_lazy("Not entitled to sign"),
    "wrong_sheet": gettext_lazy("A sheet was entered wrongly"),
}
STATES = {
    "running": (gettext_lazy("being set aside"), "wait"),
    "done": (gettext_lazy("set aside"), "late"),
    "reversing": (gettext_lazy("coming back"), "wait"),
    "reversed": (gettext_lazy("came back"), "ok"),
}

OPINIONS = {
    Opinion.AGREE.value: gettext_lazy("agree"),
    Opinion.DISAGREE.value: gettext_lazy("disagree"),
    Opinion.PASS.value: gettext_lazy("pass"),
}

# The rules of moderation, and three of their own: a sentence that cannot be answered helps nobody.
STATEMENT_REASONS: Mapping[str, str | Promise] = {
    **{one.value: words for one, words in BREACHES.items() if one.value in set(Reason)},
    Reason.SAID_ALREADY.value: gettext_lazy("Another statement says the same"),
    Reason.SEVERAL_THINGS.value: gettext_lazy(
        "It says several things at once, so that one answer does not fit"
    ),
    Reason.OFF_THE_SUBJECT.value: gettext_lazy("It is not about this matter"),
}


def refusal(code: str) -> str:
    """The sentence of a refusal; empty for what is none of ours."""
    return str((REFUSALS | {"level_too_low": _LEVEL}).get(code, ""))


def sentence(code: str) -> str:
    """The sentence for a code an action refused with, whichever box knows it."""
    return str(slots.refusal_words.get(code, code))
