"""What the codes of complaints are called on a page, in the reader's language."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines.queries import Clock
from sala.core import clock
from sala.core.deadlines import Urgency
from sala.design import slots as design
from sala.platform.registration import MessageKind
from sala.services.complaints import queries as complaint_queries
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import cached_figures
from sala.services.complaints.rules import (
    Outcome,
    PauseReason,
    Privacy,
    RejectionReason,
    Status,
    TakeBackReason,
)

STATUSES = {
    Status.RECEIVED: gettext_lazy("Received"),
    Status.ASSIGNED: gettext_lazy("Assigned"),
    Status.IN_PROGRESS: gettext_lazy("Being worked on"),
    Status.RESOLVED: gettext_lazy("Waiting for confirmation"),
    Status.CLOSED: gettext_lazy("Closed"),
    Status.REJECTED: gettext_lazy("Not taken up"),
}
STATUS_COLOURS = {
    Status.RECEIVED: "",
    Status.ASSIGNED: "",
    Status.IN_PROGRESS: "wait",
    Status.RESOLVED: "wait",
    Status.CLOSED: "ok",
    Status.REJECTED: "still",
}
OUTCOMES = {
    Outcome.CONFIRMED: gettext_lazy("Solved, confirmed by the person"),
    Outcome.UNCONFIRMED: gettext_lazy("Closed, not confirmed"),
    Outcome.REJECTED: gettext_lazy("Not taken up"),
}
# Of a moderator's look at a picture: what was decided.
PICTURE_DECISIONS = {
    "covered": gettext_lazy("A moderator covered a part of a picture"),
    "shown": gettext_lazy("A moderator looked at a picture, and everyone may see it"),
    "withheld": gettext_lazy("A picture is for the office alone"),
}
PRIVACIES = {
    Privacy.PUBLIC: gettext_lazy("Yes, but without my name"),
    Privacy.AGENCY_ONLY: gettext_lazy("Only the office that deals with it"),
    Privacy.CONFIDENTIAL: gettext_lazy("It is secret, for example about corruption"),
}
PAUSES = {
    PauseReason.WAITING_FOR_PERSON: gettext_lazy("Waiting for an answer from the person"),
    PauseReason.WAITING_FOR_OTHER_AGENCY: gettext_lazy("Waiting for another office"),
    PauseReason.WEATHER: gettext_lazy("Weather that makes the work unsafe"),
    PauseReason.DISASTER: gettext_lazy("Disaster"),
    PauseReason.COURT_ORDER: gettext_lazy("Order of a court"),
}
REJECTIONS = {
    RejectionReason.NOT_A_COMPLAINT: gettext_lazy("It is not a complaint that an office can act on"),
    RejectionReason.IN_COURT: gettext_lazy("It is before a court"),
    RejectionReason.NO_SUBSTANCE: gettext_lazy("There is too little to go by, and no way to ask"),
    RejectionReason.SETTLED_BEFORE: gettext_lazy("It was settled before, and nothing has changed"),
    RejectionReason.PRIVATE_DISPUTE: gettext_lazy("It is between private people"),
    RejectionReason.ABUSIVE: gettext_lazy("It is abuse or advertising"),
}
TAKEN_BACK = {
    TakeBackReason.WRONG_FILE: gettext_lazy("It was the wrong file"),
    TakeBackReason.WRONG_COMPLAINT: gettext_lazy("It belongs to another complaint"),
    TakeBackReason.SHOWS_A_PERSON: gettext_lazy("It shows someone, or something private"),
    TakeBackReason.UNREADABLE: gettext_lazy("Nothing can be made out on it"),
    TakeBackReason.CHANGED_MY_MIND: gettext_lazy("Whoever added it does not want it shown any more"),
}
CHANNELS = {
    "web": gettext_lazy("the web"),
    "phone": gettext_lazy("telephone"),
    "counter": gettext_lazy("a counter"),
    "paper": gettext_lazy("paper form"),
    "chat": gettext_lazy("chat"),
    "email": gettext_lazy("e-mail"),
    "api": gettext_lazy("another system"),
    "import": gettext_lazy("an earlier system"),
}

MESSAGES = {
    "reply": MessageKind(name=gettext_lazy("The office wrote")),
    "question": MessageKind(name=gettext_lazy("The office asks")),
    "answer": MessageKind(name=gettext_lazy("The person wrote"), by_person=True),
    "resolution": MessageKind(name=gettext_lazy("Done, says the office")),
    "reopening": MessageKind(name=gettext_lazy("Opened again by the person"), by_person=True),
    "note": MessageKind(name=gettext_lazy("Internal note"), is_internal=True),
    "appeal": MessageKind(name=gettext_lazy("The person appealed"), by_person=True),
    "ruling": MessageKind(name=gettext_lazy("The decision on the appeal")),
}
REFUSALS = {
    "reason_needed": gettext_lazy("Give the reason. The person and everyone else can read it."),
    "reason_needed_without_mandate": gettext_lazy(
        "This office has no mandate for that on record. Give the reason for sending it there."
    ),
    "answer_too_short": gettext_lazy("Say what was done, in at least 20 characters."),
    "evidence_needed": gettext_lazy("A picture or document of the work done is required."),
    "place_unchanged": gettext_lazy("It lies there already."),
    "rating_1_to_5": gettext_lazy("Choose a rating from the list."),
    "agency_not_found": gettext_lazy("We know no such office."),
    "desk_not_found": gettext_lazy("That desk is not part of this office."),
    "officer_not_found": gettext_lazy("That person does not work for this office."),
    "no_agency_answers": gettext_lazy("No office is set up yet to take complaints."),
    "for_the_office_alone": gettext_lazy("Whoever sent it wants only the office to see it."),
    "not_your_file": gettext_lazy("Only who added a file, or a moderator, can take it back."),
    "last_evidence": gettext_lazy(
        "This is the last file that shows what was done. Ask a moderator to take it away."
    ),
    "no_appeal_now": gettext_lazy(
        "There is nothing to appeal against now: it is open or confirmed, the time is over, or it was decided."
    ),
    "no_appeal_waits": gettext_lazy("No appeal waits for a decision."),
    "appeal_waits": gettext_lazy("Your appeal is being decided. You can open it again after that."),
    "decided_above": gettext_lazy("Only those who supervise or head the deciding office decide an appeal."),
    "already_there": gettext_lazy("It lies with that office already."),
    "already_shared": gettext_lazy("That office helps already."),
    "already_escalated": gettext_lazy("They were told already."),
    "came_from_nobody": gettext_lazy(
        "It came from nobody, so it cannot go back. Send it to another office instead."
    ),
    "clock_not_paused": gettext_lazy("The clock is running already."),
    "name_taken": gettext_lazy("That name is taken already. Choose another."),
    "too_late_to_reopen": gettext_lazy(
        "The time for reopening is over. You can file a new complaint that names this one."
    ),
}


def refusal(code: str) -> str:
    """The sentence for a code, of whichever box refused."""
    known = REFUSALS.get(code) or design.refusal_words.get(code)
    return str(known or gettext_lazy("Please check what you entered and try again."))


URGENCIES = {
    Urgency.LONG_OVERDUE: (gettext_lazy("Long overdue"), "late"),
    Urgency.OVERDUE: (gettext_lazy("Overdue"), "late"),
    Urgency.NEARLY_DUE: (gettext_lazy("Nearly due"), "wait"),
    Urgency.ON_TIME: (gettext_lazy("On time"), "ok"),
    Urgency.PAUSED: (gettext_lazy("Clock paused"), "still"),
    Urgency.HISTORY: (gettext_lazy("From an earlier system"), "still"),
}


def time_left(clock: Clock) -> tuple[str, str]:
    """How a complaint stands against its date, in words, and the colour of the tag."""
    if clock.urgency is Urgency.DONE:
        return "", ""
    if clock.urgency in (Urgency.PAUSED, Urgency.HISTORY):
        name, kind = URGENCIES[clock.urgency]
        return str(name), kind
    if clock.days_left < 0:
        # Dates run out at an hour, so in its first day a complaint may be late on the very date that is told.
        over = clock.days_over
        words = _("%(days)d working days late") % {"days": over} if over > 1 else _("Just past its date")
        return words, "late"
    if clock.days_left <= 1:
        return _("Due today or tomorrow"), "wait"
    words = ngettext("%(days)d working day left", "%(days)d working days left", clock.days_left)
    return words % {"days": clock.days_left}, "wait" if clock.urgency is Urgency.NEARLY_DUE else "ok"


def status(complaint: Complaint) -> tuple[str, str]:
    """Where a complaint stands in words, and the colour of the tag; closed ones say how they ended."""
    state = complaint.state
    if state is Status.CLOSED and complaint.outcome:
        ended = Outcome(complaint.outcome)
        return str(OUTCOMES[ended]), "ok" if ended is Outcome.CONFIRMED else "still"
    return str(STATUSES[state]), STATUS_COLOURS[state]


def own_status(complaint: Complaint, *, is_asked: bool) -> tuple[str, str]:
    """Where a complaint stands for the person who filed it: what they are asked comes first."""
    if complaint.state is Status.RESOLVED:
        return _("Your turn: is it really solved?"), "wait"
    if complaint.matter.is_open and is_asked:
        return _("The office asks you something"), "wait"
    return status(complaint)


def privacy(code: str) -> str:
    """Who may see a complaint, in words."""
    return str(PRIVACIES.get(Privacy(code), code))


def stage(code: str) -> tuple[str, str]:
    """A matter's stage in words, and the colour of the tag."""
    state = Status(code)
    return str(STATUSES[state]), STATUS_COLOURS[state]


def stages() -> list[tuple[str, str]]:
    """Every stage with its name, in the order of a complaint's life."""
    return [(code.value, str(name)) for code, name in STATUSES.items()]


def agency_name(code: str | None) -> str:
    """An agency's name in the reader's language; the code if it is not known any more."""
    agency = agencies.find_agency(code)
    return agency.name(get_language() or "th") if agency else code or ""


def topic_name(code: str) -> str:
    """The name of a type of complaint in the reader's language."""
    return complaint_queries.topic_name(code, get_language() or "th")


def figures_of(agency: str, area: str) -> list[tuple[int, str, str]]:
    """Figures of an agency or an area with their words, and the list of the public ones among them."""
    counts = cached_figures.place(agency=agency, area=area, now=clock.now())
    wanted = {"kind": "complaint", **({"agency": agency} if agency else {"area": area})}
    address = f"{reverse('matters:list')}?{urlencode(wanted)}"
    named = (
        ("open", _("open complaints")),
        ("late", _("of them late")),
        ("solved", _("solved in 90 days, says the person")),
    )
    return [(counts[name], words, address) for name, words in named]


# Names of the pieces in what complaints hold of a person.
HELD = {
    "filed_at": gettext_lazy("Filed at"),
    "privacy": gettext_lazy("Privacy"),
    "what_you_wrote": gettext_lazy("What you wrote"),
    "what_is_public": gettext_lazy("What is public of it"),
    "what_you_said_later": gettext_lazy("What you said later"),
}
