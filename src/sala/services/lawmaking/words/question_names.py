"""Names of states, moves, reasons, periods and refusals of legal questions, as said to a neighbour."""

from django.utils.translation import gettext_lazy

from sala.core.deadlines import Basis
from sala.design import slots
from sala.platform.registration import MessageKind
from sala.services.lawmaking.rules.questions import Move, Openness, OwnAct, Reason, Standing

# Words and colour of the tag.
STANDINGS = {
    Standing.RECEIVED: (gettext_lazy("The office has the question"), ""),
    Standing.PASSED: (gettext_lazy("Passed on to the office whose law it is"), ""),
    Standing.OVERDUE: (gettext_lazy("No answer yet, past the expected day"), "late"),
    Standing.CLARIFYING: (gettext_lazy("The office asks back"), "wait"),
    Standing.RESTING: (gettext_lazy("Rests until the asker writes"), "still"),
    Standing.ANSWERED: (gettext_lazy("Answered"), "ok"),
    Standing.DECLINED: (gettext_lazy("The office does not answer"), "still"),
    Standing.WITHDRAWN: (gettext_lazy("Withdrawn by the asker"), "still"),
}
MOVES = {
    Move.ASK: gettext_lazy("Ask back"),
    Move.CLARIFY: gettext_lazy("The asker explains"),
    Move.LAPSE: gettext_lazy("No answer to the question: let it rest"),
    Move.PASS: gettext_lazy("Pass on to the right office"),
    Move.ANSWER: gettext_lazy("Answer with the section"),
    Move.DECLINE: gettext_lazy("Say why you do not answer"),
    Move.FOLLOW_UP: gettext_lazy("The asker says what is not clear"),
    Move.REVISE: gettext_lazy("Answer anew"),
    Move.WITHDRAW: gettext_lazy("The asker withdraws"),
}
OPENNESS = {
    Openness.PUBLIC: gettext_lazy("Yes: the next person finds the answer; names and numbers are covered"),
    Openness.AGENCY_ONLY: gettext_lazy("No: only the office and I read it"),
}
# Why an office does not answer, and what the person can do instead.
REASONS = {
    Reason.ANSWERED_BEFORE: (
        gettext_lazy("It was answered before"),
        gettext_lazy("Read the answer there. If yours is another case, say what is different."),
    ),
    Reason.BEFORE_COURT: (
        gettext_lazy("A court decides about it now"),
        gettext_lazy(
            "An office must not speak before the court. Ask the court's information desk how it stands."
        ),
    ),
    Reason.NEEDS_LAWYER: (
        gettext_lazy("It is between private people, and no office decides it"),
        gettext_lazy(
            "The provincial public prosecutor's office and the Lawyers Council advise people who cannot pay for a "
            "lawyer."
        ),
    ),
    Reason.NO_QUESTION_OF_LAW: (
        gettext_lazy("It asks for something else than what a law means"),
        gettext_lazy(
            "To have something put right, send a complaint. For papers and data, ask for information."
        ),
    ),
}
BASES = {
    Basis.TEXT: gettext_lazy("read in the law"),
    Basis.HOUSE: gettext_lazy("rule of this site, no law"),
    Basis.NOT_VERIFIED: gettext_lazy("not verified: the text was not read"),
}
PERIODS = {
    "answer": gettext_lazy("The office answers"),
    "rest": gettext_lazy("The office asked back and got no answer: the question rests"),
    "follow_up": gettext_lazy("You may say that an answer is not clear"),
    "paper_entry": gettext_lazy("A question on paper is recorded"),
    "nearly_due": gettext_lazy("Shown as nearly due"),
    "long_overdue": gettext_lazy("Shown as long overdue"),
    "escalate_supervisor": gettext_lazy("The supervisor is told that it is late"),
    "escalate_head": gettext_lazy("The head of the office is told that it is late"),
    "escalate_central": gettext_lazy("The central unit is told that it is late"),
}
CHANNELS = {
    "web": gettext_lazy("this site"),
    "phone": gettext_lazy("telephone"),
    "counter": gettext_lazy("an office's counter"),
    "paper": gettext_lazy("paper"),
    "chat": gettext_lazy("chat"),
    "email": gettext_lazy("e-mail"),
    "api": gettext_lazy("another system"),
    "import": gettext_lazy("an earlier system"),
    "system": gettext_lazy("the system"),
}
MESSAGES = {
    "question": MessageKind(name=gettext_lazy("Question of the office")),
    "answer": MessageKind(name=gettext_lazy("What the asker explained"), by_person=True),
    "follow_up": MessageKind(name=gettext_lazy("What is not clear yet"), by_person=True),
    "note": MessageKind(name=gettext_lazy("Internal note"), is_internal=True),
}
# What the person can do: heading, what to expect, button, said afterwards.
OWN_ACTS = {
    OwnAct.EXPLAIN: (
        gettext_lazy("Answer the office"),
        gettext_lazy("The answer depends on it. As soon as you write, the office's days run."),
        gettext_lazy("Send my answer"),
        gettext_lazy("The office has your answer. Its days run again."),
    ),
    OwnAct.FOLLOW_UP: (
        gettext_lazy("Say what is not clear"),
        gettext_lazy("The office takes your question up again and answers what is still open."),
        gettext_lazy("Ask on"),
        gettext_lazy("The office has your question again."),
    ),
    OwnAct.REMIND: (
        gettext_lazy("Remind the office"),
        gettext_lazy("The office and whoever supervises it are told that the day has passed."),
        gettext_lazy("Send a reminder"),
        gettext_lazy("The office has been reminded."),
    ),
    OwnAct.PUBLISH: (
        gettext_lazy("Let everybody read it"),
        gettext_lazy(
            "The next person finds the answer. Names and numbers are covered. There is no way back."
        ),
        gettext_lazy("Let everybody read it"),
        gettext_lazy("Everybody can read it now."),
    ),
    OwnAct.WITHDRAW: (
        gettext_lazy("Withdraw the question"),
        gettext_lazy("You need no answer any more. The page stays, and says that you withdrew."),
        gettext_lazy("Withdraw"),
        gettext_lazy("Your question is withdrawn."),
    ),
}
REFUSALS = {
    "law_missing": gettext_lazy("Name the law the answer relies on. Without it nobody can check the answer."),
    "section_missing": gettext_lazy("Name the section of this law, like “section 21” or “all of it”."),
    "too_many_laws": gettext_lazy("Five laws at most stand under one answer. Name those it rests on."),
    "say_why": gettext_lazy("Say in your own words why, in at least 20 characters."),
    "earlier_missing": gettext_lazy("Write the number of the question that was answered before."),
    "earlier_not_wanted": gettext_lazy("A number goes only with “It was answered before”. Leave it empty."),
    "earlier_unknown": gettext_lazy("There is no public question with an answer under this number."),
    "name_is_somebodys": gettext_lazy(
        "That looks like somebody's own name or number. Choose another name, or leave it empty."
    ),
    "own_act_not_open": gettext_lazy("That cannot be done now. The page tells what can."),
    "question_reminded_lately": gettext_lazy("You reminded them within the last week. Give them a few days."),
    "question_public_already": gettext_lazy("Everybody can read it already."),
}


def stage(code: str) -> tuple[str, str]:
    """Words and colour for where a question stands."""
    words, colour = STANDINGS[Standing(code)]
    return str(words), colour


def stages() -> list[tuple[str, str]]:
    """Every word for where a question stands, in the order of its life."""
    return [(standing.value, str(words)) for standing, (words, _) in STANDINGS.items()]


def refusal(code: str) -> str:
    """The sentence for a code an action refused with, whichever box knows it."""
    return str(slots.refusal_words.get(code, code))


# Stands under every answer and every expected day.
NO_COURT = gettext_lazy(
    "This is how the office reads the law on that day, to help you understand it. It binds no court, and laws change."
)
HOW_COUNTED = gettext_lazy(
    "The day on which the office received it is not counted. Every day after it counts, and if the last one is a "
    "holiday, the next working day is the last. Passing a question on moves nothing."
)
