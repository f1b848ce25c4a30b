"""Facts in the life of an information request. Free text never enters them: the ledger keeps only commitments to it.

Of third parties nothing is told but that one was asked, answered or overruled: never how many letters of a name.
"""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RequestFiled(Event):
    """A person asked for information; `expected_on` is the ISO date by which an answer is expected.

    `received_on` is the day an office received it on paper, or the next office day of what came after hours.
    """

    kind: ClassVar[str] = "information_request.filed"
    wish: str
    channel: str
    expected_on: str
    received_on: str | None = None
    same_as: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestAssigned(Event):
    """The office gave it to a desk of its own."""

    kind: ClassVar[str] = "information_request.assigned"
    desk: str


@dataclass(frozen=True, kw_only=True)
class ClarificationAsked(Event):
    """The office asked what exactly is wanted, and helped to say it."""

    kind: ClassVar[str] = "information_request.clarification_asked"


@dataclass(frozen=True, kw_only=True)
class RequestClarified(Event):
    """The person answered; the office's days run anew from that day."""

    kind: ClassVar[str] = "information_request.clarified"
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class RequestSleeps(Event):
    """The person has not answered the question; it sleeps and wakes when they do."""

    kind: ClassVar[str] = "information_request.sleeps"


@dataclass(frozen=True, kw_only=True)
class RequestTransferred(Event):
    """It went to the office that has it; the date did not move."""

    kind: ClassVar[str] = "information_request.transferred"
    from_agency: str
    basis: str
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class TransferAccepted(Event):
    """The office it was sent to says that it is theirs to answer."""

    kind: ClassVar[str] = "information_request.transfer_accepted"


@dataclass(frozen=True, kw_only=True)
class RequestHandedBack(Event):
    """It went back to the office it came from; the date did not move."""

    kind: ClassVar[str] = "information_request.handed_back"
    from_agency: str
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class ThirdPartyAsked(Event):
    """Somebody whose interests may be touched may object until a day (s. 17)."""

    kind: ClassVar[str] = "information_request.third_party_asked"
    object_until: str


@dataclass(frozen=True, kw_only=True)
class ThirdPartyReplied(Event):
    """A third party agreed or objected."""

    kind: ClassVar[str] = "information_request.third_party_replied"
    is_objection: bool


@dataclass(frozen=True, kw_only=True)
class HearingEnded(Event):
    """Everybody it concerns was heard or their days are over: the office decides."""

    kind: ClassVar[str] = "information_request.hearing_ended"


@dataclass(frozen=True, kw_only=True)
class ObjectionOverruled(Event):
    """An objection is not heard; nothing is given before `appeal_until` has passed."""

    kind: ClassVar[str] = "information_request.objection_overruled"
    appeal_until: str


@dataclass(frozen=True, kw_only=True)
class TimeExtended(Event):
    """The office needs longer because the thing is fragile (s. 11 para 2)."""

    kind: ClassVar[str] = "information_request.time_extended"
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class OfficeReplied(Event):
    """The office wrote to the person without deciding."""

    kind: ClassVar[str] = "information_request.replied"


@dataclass(frozen=True, kw_only=True)
class PersonWrote(Event):
    """The person added something, without being asked."""

    kind: ClassVar[str] = "information_request.person_wrote"


@dataclass(frozen=True, kw_only=True)
class LetterArrived(Event):
    """A letter came by e-mail whose sender is not known; the office alone reads it."""

    kind: ClassVar[str] = "information_request.letter_arrived"


@dataclass(frozen=True, kw_only=True)
class PersonReminded(Event):
    """The person reminded the office that an answer is due."""

    kind: ClassVar[str] = "information_request.reminded"


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Event):
    """An internal note was written."""

    kind: ClassVar[str] = "information_request.note_added"


@dataclass(frozen=True, kw_only=True)
class NoteAttached(Event):
    """The person's own note goes with the record about them (s. 25 para 4)."""

    kind: ClassVar[str] = "information_request.note_attached"


@dataclass(frozen=True, kw_only=True)
class RequestAnswered(Event):
    """The office decided: all, part, nothing by the named sections, or that it has no such thing.

    `appeal_until` is "" where the sections open no appeal; `release_on` is set where files wait (s. 17).
    """

    kind: ClassVar[str] = "information_request.answered"
    result: str
    grounds: list[str]
    documents: int
    in_time: bool
    number: int
    appeal_until: str
    release_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class LastDayNear(Event):
    """Few days are left to appeal against an answer; whoever follows the request is told."""

    kind: ClassVar[str] = "information_request.last_day_near"
    until: str


@dataclass(frozen=True, kw_only=True)
class DocumentsReleased(Event):
    """Files that waited were given; `sha256` of each that is public, so that a copy can be checked."""

    kind: ClassVar[str] = "information_request.documents_released"
    sha256: list[str]


@dataclass(frozen=True, kw_only=True)
class DocumentTakenBack(Event):
    """A file that should not have been given was taken back; everyone sees that one was, and why."""

    kind: ClassVar[str] = "information_request.document_taken_back"
    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RequestReopened(Event):
    """The office takes it up again: something is missing, or it was ruled so, or it thinks again."""

    kind: ClassVar[str] = "information_request.reopened"
    cause: str
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class ComplaintLodged(Event):
    """The person complained to the Board (s. 13), which has until `due_on`."""

    kind: ClassVar[str] = "information_request.complaint_lodged"
    against: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class AppealLodged(Event):
    """The person, or somebody whose objection was not heard, appealed; the Board passes it on by `due_on` (s. 37)."""

    kind: ClassVar[str] = "information_request.appeal_lodged"
    by: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class AppealForwarded(Event):
    """The Board passed an appeal on to the Tribunal, which decides by `due_on`."""

    kind: ClassVar[str] = "information_request.appeal_forwarded"
    due_on: str
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class ProceedingExtended(Event):
    """Whoever decides gave reasons for needing longer, sixty days in all."""

    kind: ClassVar[str] = "information_request.proceeding_extended"
    by: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ProceedingDecided(Event):
    """The Board or the Tribunal decided."""

    kind: ClassVar[str] = "information_request.proceeding_decided"
    by: str
    what: str
    ruling: str
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class ProceedingWithdrawn(Event):
    """The person took a complaint or an appeal back."""

    kind: ClassVar[str] = "information_request.proceeding_withdrawn"
    what: str


@dataclass(frozen=True, kw_only=True)
class RequestPublished(Event):
    """The person made it public; its hidden name is opened so that the entries before can be read with it."""

    kind: ClassVar[str] = "information_request.published"
    continues: str
    opening: str


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(Event):
    """The person does not want it any more."""

    kind: ClassVar[str] = "information_request.withdrawn"


@dataclass(frozen=True, kw_only=True)
class RequestClosed(Event):
    """Nothing is pending any more; `is_by_person` if they said that they have what they wanted."""

    kind: ClassVar[str] = "information_request.closed"
    is_by_person: bool


@dataclass(frozen=True, kw_only=True)
class RequestEscalated(Event):
    """It is late; somebody further up was told."""

    kind: ClassVar[str] = "information_request.escalated"
    level: str


@dataclass(frozen=True, kw_only=True)
class DateMoved(Event):
    """A holiday was declared and moved a running date; `clock` "" is the day the answer is expected."""

    kind: ClassVar[str] = "information_request.date_moved"
    clock: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class RequestSetAside(Event):
    """It was set aside as spam or abuse until a moderator has looked."""

    kind: ClassVar[str] = "information_request.set_aside"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestReleased(Event):
    """A moderator found that it is a real request, received at `received_at` as this entry's earlier ones say.

    `continues` is the hidden name it had and `opening` proves that; both None for what stays hidden.
    """

    kind: ClassVar[str] = "information_request.released"
    received_at: str
    continues: str | None
    opening: str | None


@dataclass(frozen=True, kw_only=True)
class WordsCovered(Event):
    """A moderator changed what is public of words of a request, of an answer or of a letter (`what`)."""

    kind: ClassVar[str] = "information_request.words_covered"
    what: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WordsChecked(Event):
    """A moderator read the words as everyone reads them, or what was set aside, and left it so."""

    kind: ClassVar[str] = "information_request.words_checked"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ModerationAppealed(Event):
    """Whoever asked does not accept what a moderator decided (`against`); another decides by `due_on`."""

    kind: ClassVar[str] = "information_request.moderation_appealed"
    against: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ModerationAppealDecided(Event):
    """Somebody else than the moderator who decided looked again; upheld, it is undone as far as it can be."""

    kind: ClassVar[str] = "information_request.moderation_appeal_decided"
    against: str
    is_upheld: bool
