"""Words for what participation refuses and records."""

from django.utils.translation import gettext_lazy

REFUSALS = {
    "already_joined": gettext_lazy("You are counted already. You need do nothing more."),
    "not_joined": gettext_lazy("You are not among them, so there is nothing to take back."),
    "not_open": gettext_lazy("Nobody can sign at the moment: it has not opened yet, or it is over."),
    "proof_needed": gettext_lazy(
        "Please prove your citizen number first. It is asked for anew each time, and not kept."
    ),
}
# Refusals of identity that its own words say; asked for by their sentence, so that one sentence stands for both.
_LEVEL = gettext_lazy("This needs surer proof of who you are. Sign in at a higher level.")
EVENTS = {"participation.signed": gettext_lazy("Somebody signed")}


def refusal(code: str) -> str:
    """The sentence of a refusal; empty for what is none of ours."""
    return str((REFUSALS | {"level_too_low": _LEVEL}).get(code, ""))
