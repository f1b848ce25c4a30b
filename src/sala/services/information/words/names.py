"""Names of states, wishes, forms, grounds, rulings and refusals, as an officer would say them to a neighbour."""

from django.utils.translation import gettext_lazy

from sala.design import slots
from sala.platform.registration import MessageKind
from sala.services.information.rules.grounds import Ground, Wish
from sala.services.information.rules.periods import Basis
from sala.services.information.rules.proceedings import Kind, Ruling
from sala.services.information.rules.standing import Standing, Who
from sala.services.information.rules.states import Move
from sala.services.information.rules.wishes import Form, Openness, TransferBasis

# Words and colour of the tag. Refused has no alarming colour: it is an answer, and the page says what follows.
STANDINGS = {
    Standing.RECEIVED: (gettext_lazy("The office has it"), ""),
    Standing.CLARIFYING: (gettext_lazy("The office asks what exactly is wanted"), "wait"),
    Standing.ASLEEP: (gettext_lazy("Rests until the person answers"), "still"),
    Standing.TRANSFERRED: (gettext_lazy("Sent on to the office that has it"), ""),
    Standing.CONSULTING: (gettext_lazy("People it concerns are being asked"), "wait"),
    Standing.OVERDUE: (gettext_lazy("No answer yet, past the expected day"), "late"),
    Standing.GRANTED: (gettext_lazy("It was given"), "ok"),
    Standing.PARTLY_GRANTED: (gettext_lazy("A part was given"), "ok"),
    Standing.REFUSED: (gettext_lazy("It was not given"), "still"),
    Standing.NOT_HELD: (gettext_lazy("The office says it has no such thing"), "still"),
    Standing.COMPLAINED: (gettext_lazy("The Board is looking into it"), "wait"),
    Standing.APPEALED: (gettext_lazy("Appealed; the Board passes it on"), "wait"),
    Standing.BEFORE_TRIBUNAL: (gettext_lazy("Before the Information Disclosure Tribunal"), "wait"),
    Standing.DECIDED: (gettext_lazy("Decided above the office"), ""),
    Standing.WITHDRAWN: (gettext_lazy("Withdrawn by the person"), "still"),
    Standing.CLOSED: (gettext_lazy("Answered and closed"), "still"),
}
WISHES = {
    Wish.INFORMATION: gettext_lazy("Documents or data of an office"),
    Wish.OWN_DATA: gettext_lazy("What an office keeps about me"),
    Wish.CORRECTION: gettext_lazy("Correct or delete what an office keeps about me"),
}
# As staff read them who write down what somebody else tells them.
WISHES_TOLD = {
    Wish.INFORMATION: WISHES[Wish.INFORMATION],
    Wish.OWN_DATA: gettext_lazy("What an office keeps about the person who asks"),
    Wish.CORRECTION: gettext_lazy("Correct or delete what an office keeps about the person who asks"),
}
FORMS = {
    Form.FILE: gettext_lazy("A file, sent here"),
    Form.PAPER: gettext_lazy("Copies on paper"),
    Form.VISIT: gettext_lazy("I want to look at it at the office"),
}
OPENNESS = {
    Openness.PUBLIC: gettext_lazy("Yes: others find the answer too, without my name"),
    Openness.AGENCY_ONLY: gettext_lazy("No: only the office and I read it"),
}
FORMS_TOLD = {
    Form.FILE: FORMS[Form.FILE],
    Form.PAPER: FORMS[Form.PAPER],
    Form.VISIT: gettext_lazy("The person comes to the office and looks at it"),
}
OPENNESS_TOLD = {
    Openness.PUBLIC: gettext_lazy("Yes: others find the answer too, without the person's name"),
    Openness.AGENCY_ONLY: gettext_lazy("No: only the office and the person read it"),
}
GROUNDS = {
    Ground.S14: gettext_lazy("It could damage the monarchy"),
    Ground.S15_1: gettext_lazy(
        "It could damage national security, foreign relations, or the country's economy or finances"
    ),
    Ground.S15_2: gettext_lazy("It would make law enforcement fail or weaken it"),
    Ground.S15_3: gettext_lazy("It is an internal opinion or advice (facts and technical reports are not)"),
    Ground.S15_4: gettext_lazy("It would endanger somebody's life or safety"),
    Ground.S15_5: gettext_lazy("It is a medical report, or would intrude upon somebody's private life"),
    Ground.S15_6: gettext_lazy("Another law protects it, or it was given to the office in confidence"),
    Ground.S15_7: gettext_lazy("A royal decree names it"),
    Ground.S11_BULK: gettext_lazy("So much or so often was asked, without good reason"),
    Ground.S11_NOT_READY: gettext_lazy(
        "It is not there ready; it would have to be made, analysed or compiled"
    ),
    Ground.S25_CORRECTION: gettext_lazy("The office finds that the record is right as it is"),
}
TRANSFER_BASES = {
    TransferBasis.MADE_ELSEWHERE: gettext_lazy("Another office made it and marked it as not to be disclosed"),
    TransferBasis.WRONG_DESK: gettext_lazy("Another office has it"),
}
WHO = {
    Who.PERSON: gettext_lazy("the person who asked"),
    Who.OFFICE: gettext_lazy("the office"),
    Who.BOARD: gettext_lazy("the Official Information Board"),
    Who.TRIBUNAL: gettext_lazy("the Information Disclosure Tribunal, through the Board"),
    Who.ARCHIVES: gettext_lazy("the National Archives"),
    Who.COURT: gettext_lazy("a court"),
}
KINDS = {
    Kind.COMPLAINT: gettext_lazy("Complaint to the Board"),
    Kind.APPEAL: gettext_lazy("Appeal against not giving it"),
    Kind.CORRECTION_APPEAL: gettext_lazy("Appeal against not correcting it"),
    Kind.OBJECTOR_APPEAL: gettext_lazy("Appeal of somebody who does not want it given"),
}
RULINGS = {
    Ruling.UPHELD: (gettext_lazy("The person was right"), "ok"),
    Ruling.PARTLY_UPHELD: (gettext_lazy("The person was right in part"), "ok"),
    Ruling.DISMISSED: (gettext_lazy("The office was right"), "still"),
}
BASES = {
    Basis.TEXT: gettext_lazy("read in the law"),
    Basis.HOUSE: gettext_lazy("rule of this site, no law"),
    Basis.NOT_VERIFIED: gettext_lazy("not verified: the text was not read"),
}
MOVES = {
    Move.ASK: gettext_lazy("Ask what exactly is wanted"),
    Move.CLARIFY: gettext_lazy("The person explains"),
    Move.LAPSE: gettext_lazy("No answer to the question: let it rest"),
    Move.TRANSFER: gettext_lazy("Send on to the office that has it"),
    Move.ACCEPT: gettext_lazy("It is ours"),
    Move.HAND_BACK: gettext_lazy("It is not ours: send back"),
    Move.CONSULT: gettext_lazy("Ask people it concerns"),
    Move.HEARD: gettext_lazy("They have been heard"),
    Move.GRANT: gettext_lazy("Give all of it"),
    Move.GRANT_PARTLY: gettext_lazy("Give a part"),
    Move.REFUSE: gettext_lazy("Do not give it"),
    Move.DENY_HOLDING: gettext_lazy("We have no such thing"),
    Move.REOPEN: gettext_lazy("Take it up again"),
    Move.WITHDRAW: gettext_lazy("The person withdraws"),
    Move.CLOSE: gettext_lazy("Close it"),
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
    "answer": MessageKind(name=gettext_lazy("What the person explained"), by_person=True),
    "missing": MessageKind(name=gettext_lazy("What is missing"), by_person=True),
    "words": MessageKind(name=gettext_lazy("What the person added"), by_person=True),
    "letter": MessageKind(name=gettext_lazy("Letter by e-mail, sender not known"), is_internal=True),
    "attached": MessageKind(name=gettext_lazy("Note of the person, kept with the record"), by_person=True),
    "reply": MessageKind(name=gettext_lazy("Letter of the office")),
    "note": MessageKind(name=gettext_lazy("Internal note"), is_internal=True),
}
REFUSALS = {
    "ground_missing": gettext_lazy("Choose the section you rely on. Without one nothing may be withheld."),
    "ground_twice": gettext_lazy("The same section was chosen twice. Leave one."),
    "ground_does_not_fit": gettext_lazy(
        "That section is about correcting a person's own data, and only about that."
    ),
    "reason_too_short": gettext_lazy(
        "Say why, in at least 20 characters for each section. The law asks for the kind of information and the reason."
    ),
    "too_short_to_object": gettext_lazy("They must have at least 15 days to object. Choose a later day."),
    "third_party_not_heard": gettext_lazy(
        "Somebody may still object. Wait for their answer or for the day that you gave them."
    ),
    "objection_not_decided": gettext_lazy("Decide on the objection first, and tell whoever objected."),
    "own_data_stays_private": gettext_lazy("What is about yourself is never made public here."),
    "refusal_needs_signer": gettext_lazy(
        "A supervisor or the head of the office signs when something is withheld. Send it to them."
    ),
    "searched_missing": gettext_lazy(
        "Say where you looked, so that the person need not take your word for it."
    ),
    "documents_missing": gettext_lazy("Add the file that you give, or say where it lies to be looked at."),
    "not_fragile": gettext_lazy("Only for something fragile may the time be extended. Say what could break."),
    "way_not_open": gettext_lazy("That way is not open now. The page tells which ones are."),
    "days_are_over": gettext_lazy("The days for this are over, or you have answered already."),
    "reminded_lately": gettext_lazy(
        "You reminded them within the last week. Give them a few days, or complain."
    ),
    "public_already": gettext_lazy("Everybody can read it already."),
    "day_not_later": gettext_lazy("Choose a day after the one on which the answer is expected."),
    "day_passed": gettext_lazy("That day has passed. Choose the day on which the notice reaches them."),
    "nothing_is_given": gettext_lazy("Nothing is given by this answer, so no file goes with it."),
    "title_missing": gettext_lazy(
        "Give each file a title of at most 200 characters: people find it by that."
    ),
}


def stage(code: str) -> tuple[str, str]:
    """Words and colour for where a request stands."""
    words, colour = STANDINGS[Standing(code)]
    return str(words), colour


def stages() -> list[tuple[str, str]]:
    """Every word for where a request stands, in the order of its life."""
    return [(standing.value, str(words)) for standing, (words, _) in STANDINGS.items()]


def refusal(code: str) -> str:
    """The sentence for a code an action refused with, whichever box knows it."""
    return str(slots.refusal_words.get(code, code))


PERIODS = {
    "answer": gettext_lazy("The office answers"),
    "complain_decide": gettext_lazy("The Board decides on a complaint"),
    "complain_decide_extended": gettext_lazy("The same, if it gives reasons for needing longer"),
    "object": gettext_lazy("Somebody it concerns may object"),
    "appeal": gettext_lazy("You may appeal against not giving it"),
    "appeal_correction": gettext_lazy("You may appeal against not correcting it"),
    "forward": gettext_lazy("The Board passes an appeal on"),
    "tribunal_decide": gettext_lazy("The Tribunal decides"),
    "tribunal_decide_extended": gettext_lazy("The same, if it gives reasons for needing longer"),
    "sleep": gettext_lazy("A question without an answer: the request rests"),
    "close": gettext_lazy("An answered request closes by itself"),
    "paper_entry": gettext_lazy("A request on paper is recorded"),
    "nearly_due": gettext_lazy("Shown as nearly due"),
    "long_overdue": gettext_lazy("Shown as long overdue"),
    "escalate_supervisor": gettext_lazy("The supervisor is told that it is late"),
    "escalate_head": gettext_lazy("The head of the office is told that it is late"),
    "escalate_central": gettext_lazy("The central unit is told that it is late"),
}
