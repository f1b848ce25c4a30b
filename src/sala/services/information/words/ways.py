"""Each way in words: what it is, what to expect, and the button that starts it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sala.services.information.rules.ways import WayKind


@dataclass(frozen=True, slots=True)
class WayWords:
    """`name` stands as a heading, `what` explains in a sentence or two, `button` leads to its page.

    `send` is what the button there does, where that is said otherwise: it sends, and no longer begins.
    """

    name: str | Promise
    what: str | Promise
    button: str | Promise
    send: str | Promise = ""


WAYS = {
    WayKind.ANSWER_QUESTION: WayWords(
        gettext_lazy("Answer the office's question"),
        gettext_lazy("The office waits for you. As soon as you answer, its days run."),
        gettext_lazy("Answer"),
        gettext_lazy("Send the answer"),
    ),
    WayKind.REMIND: WayWords(
        gettext_lazy("Remind the office"),
        gettext_lazy(
            "A friendly letter that names the day on which the answer was expected. Often that is enough."
        ),
        gettext_lazy("Send a reminder"),
    ),
    WayKind.SAY_WHAT_IS_MISSING: WayWords(
        gettext_lazy("Say what is missing"),
        gettext_lazy("If this is not what you asked for, tell the office. It takes your request up again."),
        gettext_lazy("Something is missing"),
        gettext_lazy("Send it to the office"),
    ),
    WayKind.COMPLAIN_SLOW: WayWords(
        gettext_lazy("Complain to the Board that it takes too long"),
        gettext_lazy(
            "The Official Information Board asks the office why. It has 30 days, with reasons 60 in all. "
            "It costs nothing, and there is no last day for it."
        ),
        gettext_lazy("Complain to the Board"),
    ),
    WayKind.COMPLAIN_NOT_GIVEN: WayWords(
        gettext_lazy("Complain to the Board that you did not get it"),
        gettext_lazy(
            "The reason the office gave is none of those that can be appealed, so the Board looks into it. "
            "It has 30 days, with reasons 60 in all. It costs nothing."
        ),
        gettext_lazy("Complain to the Board"),
    ),
    WayKind.COMPLAIN_NOT_HELD: WayWords(
        gettext_lazy("Have the Board check whether it really does not exist"),
        gettext_lazy(
            "If you do not believe it, the Board may go and look in the office's files itself, and tells you "
            "what it found. It costs nothing, and there is no last day for it."
        ),
        gettext_lazy("Ask the Board to check"),
    ),
    WayKind.COMPLAIN_NOT_OBEYED: WayWords(
        gettext_lazy("Tell the Board that the office does not do what was decided"),
        gettext_lazy("It was decided that you are right, and you still have not been given it."),
        gettext_lazy("Tell the Board"),
    ),
    WayKind.APPEAL_REFUSAL: WayWords(
        gettext_lazy("Appeal"),
        gettext_lazy(
            "The Information Disclosure Tribunal weighs again whether you may have it. "
            "You hand the appeal to the Board, which passes it on within 7 days; "
            "then the Tribunal has 30 days, with reasons 60 in all. It costs nothing."
        ),
        gettext_lazy("Begin the appeal"),
        gettext_lazy("Send the appeal"),
    ),
    WayKind.APPEAL_CORRECTION: WayWords(
        gettext_lazy("Appeal that it was not corrected"),
        gettext_lazy(
            "The Tribunal decides whether the record about you must be changed. You hand the appeal to the Board. "
            "It costs nothing."
        ),
        gettext_lazy("Begin the appeal"),
        gettext_lazy("Send the appeal"),
    ),
    WayKind.ATTACH_NOTE: WayWords(
        gettext_lazy("Have your own note attached"),
        gettext_lazy(
            "Whatever was decided, the office must keep your request with the record if you ask for that."
        ),
        gettext_lazy("Attach my note"),
    ),
    WayKind.ASK_ARCHIVES: WayWords(
        gettext_lazy("Ask the National Archives"),
        gettext_lazy("Old papers are handed over to the archives. Ask there if what you seek is old."),
        gettext_lazy("How to ask the archives"),
    ),
    WayKind.GO_TO_COURT: WayWords(
        gettext_lazy("Ask a lawyer whether a court can help"),
        gettext_lazy(
            "The Tribunal's ruling is the last word under this Act. Which court can still look at it, and until when, "
            "we have not read in a law; do not wait long to ask."
        ),
        gettext_lazy("Where to ask"),
    ),
    WayKind.ASK_AGAIN: WayWords(
        gettext_lazy("Ask again"),
        gettext_lazy(
            "You may ask again at any time, more exactly or another office. Your words are filled in for you."
        ),
        gettext_lazy("Ask again"),
    ),
    WayKind.WITHDRAW: WayWords(
        gettext_lazy("Withdraw the request"),
        gettext_lazy("You need it no more. The page stays, and says that you withdrew."),
        gettext_lazy("Withdraw"),
    ),
    WayKind.OBJECT: WayWords(
        gettext_lazy("Object"),
        gettext_lazy(
            "Say which part must not be given, and how it would harm you. The office has to weigh it."
        ),
        gettext_lazy("Object"),
    ),
    WayKind.APPEAL_OVERRULED: WayWords(
        gettext_lazy("Appeal that your objection was not heard"),
        gettext_lazy("Until these days have passed, and while your appeal is decided, nothing is given."),
        gettext_lazy("Begin the appeal"),
        gettext_lazy("Send the appeal"),
    ),
}

# How the days are counted; stands under every last day, so that it can be checked with a wall calendar.
HOW_COUNTED = gettext_lazy(
    "The day on which you could read it is not counted. Every day after it counts, "
    "and if the last one is a holiday, the next working day is the last."
)
NO_LAST_DAY = gettext_lazy("The law sets no last day.")
EXPECTED_NOT_LAW = gettext_lazy(
    "The Act says “within a reasonable time” and names no days. This site expects an answer within 15 days."
)
