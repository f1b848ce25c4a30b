"""Facts in the life of a complaint. Free text never enters them: the ledger keeps only commitments to it."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ComplaintFiled(Event):
    """A person told us of something; `due_on` is an ISO date in Thailand.

    `received_on` is the day an office received a paper form, if that was before the entry: the clock runs from it.
    """

    kind: ClassVar[str] = "complaint.filed"
    topic: str
    channel: str
    due_on: str
    part_of: str | None = None
    received_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintRouted(Event):
    """An officer confirmed or corrected the topic and the agency that answers."""

    kind: ClassVar[str] = "complaint.routed"
    topic: str
    from_agency: str
    law: str


@dataclass(frozen=True, kw_only=True)
class ComplaintAssigned(Event):
    """The owning agency gave it to a desk of its own."""

    kind: ClassVar[str] = "complaint.assigned"
    desk: str


@dataclass(frozen=True, kw_only=True)
class ComplaintForwarded(Event):
    """It went to another agency; the date did not move."""

    kind: ClassVar[str] = "complaint.forwarded"
    from_agency: str
    bounces: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ComplaintHandedBack(Event):
    """It went back to the agency it came from; the date did not move."""

    kind: ClassVar[str] = "complaint.handed_back"
    from_agency: str
    bounces: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ComplaintShared(Event):
    """Another agency helps; the owner stays accountable."""

    kind: ClassVar[str] = "complaint.shared"
    with_agency: str


@dataclass(frozen=True, kw_only=True)
class PlaceCorrected(Event):
    """Whoever works on it put right where it is; `area` is the new one, `is_point` if it has another point too."""

    kind: ClassVar[str] = "complaint.place_corrected"
    from_area: str
    is_point: bool


@dataclass(frozen=True, kw_only=True)
class ComplaintSplit(Event):
    """It was about several things; a part went its own way under its own reference."""

    kind: ClassVar[str] = "complaint.split"
    part: str
    part_agency: str
    part_topic: str


@dataclass(frozen=True, kw_only=True)
class WorkStarted(Event):
    """The agency began to work on it."""

    kind: ClassVar[str] = "complaint.work_started"


@dataclass(frozen=True, kw_only=True)
class AgencyReplied(Event):
    """The agency wrote to the person; `asks` is true for a question that awaits an answer."""

    kind: ClassVar[str] = "complaint.replied"
    asks: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonAnswered(Event):
    """The person wrote more; `due_on` is the new date if the clock stood still for their answer."""

    kind: ClassVar[str] = "complaint.person_answered"
    due_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Event):
    """An internal note was written."""

    kind: ClassVar[str] = "complaint.note_added"


@dataclass(frozen=True, kw_only=True)
class ClockPaused(Event):
    """The date stands still, for a reason."""

    kind: ClassVar[str] = "complaint.clock_paused"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClockResumed(Event):
    """The date runs again; `due_on` is the new date."""

    kind: ClassVar[str] = "complaint.clock_resumed"
    paused_working_days: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class DateMoved(Event):
    """A holiday was declared after the date was given, so the date moved; `clock` "appeal" is that of an appeal."""

    kind: ClassVar[str] = "complaint.date_moved"
    was_on: str
    due_on: str
    clock: str = ""


@dataclass(frozen=True, kw_only=True)
class ComplaintResolved(Event):
    """The agency says it is done and shows evidence; the person has until `confirm_by` to say so too."""

    kind: ClassVar[str] = "complaint.resolved"
    pictures: int
    documents: int
    in_time: bool
    confirm_by: str


@dataclass(frozen=True, kw_only=True)
class ComplaintConfirmed(Event):
    """The person says it is really solved."""

    kind: ClassVar[str] = "complaint.confirmed"
    rating: int | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintLapsed(Event):
    """The person did not answer in time; closed, but not counted as solved."""

    kind: ClassVar[str] = "complaint.lapsed"


@dataclass(frozen=True, kw_only=True)
class ComplaintReopened(Event):
    """The person says it is not solved."""

    kind: ClassVar[str] = "complaint.reopened"
    times: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ComplaintAppealed(Event):
    """The person does not accept how it ended (`against`); `to_agency` decides by `due_on`."""

    kind: ClassVar[str] = "complaint.appealed"
    against: str
    to_agency: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """The agency above decided; upheld, the office takes it up again until `due_on`."""

    kind: ClassVar[str] = "complaint.appeal_decided"
    is_upheld: bool
    by_agency: str
    in_time: bool
    due_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class FileTakenBack(Event):
    """A picture or document was taken back and deleted; `by_office` tells an office's from the person's.

    `sha256` is of one that was public, so that whoever kept a copy can show which it was; "" of any other.
    """

    kind: ClassVar[str] = "complaint.file_taken_back"
    reason: str
    media: str
    by_office: bool
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PictureDecided(Event):
    """A moderator looked at a file: `decision` is covered (a part of it), shown (to everyone) or withheld.

    `sha256` is of what everyone sees from then on, "" where that is nothing.
    """

    kind: ClassVar[str] = "complaint.picture_decided"
    decision: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ComplaintRejected(Event):
    """The agency does not take it up, for a stated reason."""

    kind: ClassVar[str] = "complaint.rejected"
    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonJoined(Event):
    """One more person is affected."""

    kind: ClassVar[str] = "complaint.joined"


@dataclass(frozen=True, kw_only=True)
class ComplaintRated(Event):
    """The person rated how it was handled, 1 to 5."""

    kind: ClassVar[str] = "complaint.rated"
    rating: int


@dataclass(frozen=True, kw_only=True)
class ComplaintEscalated(Event):
    """It is late, or bounced too often; someone further up was told."""

    kind: ClassVar[str] = "complaint.escalated"
    level: str
    cause: str


@dataclass(frozen=True, kw_only=True)
class TextMasked(Event):
    """A moderator changed what is public of the words; a commitment to the new words is recorded."""

    kind: ClassVar[str] = "complaint.text_masked"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class WordsChecked(Event):
    """A moderator read the words as everyone reads them, or what was set aside, and left it so."""

    kind: ClassVar[str] = "complaint.words_checked"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ComplaintQuarantined(Event):
    """It was set aside as spam or abuse until a moderator has looked."""

    kind: ClassVar[str] = "complaint.quarantined"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ModerationAppealed(Event):
    """The person does not accept what a moderator decided (`against`); another decides by `due_on`."""

    kind: ClassVar[str] = "complaint.moderation_appealed"
    against: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ModerationAppealDecided(Event):
    """Somebody else than the moderator who decided looked again; upheld, it is undone as far as it can be."""

    kind: ClassVar[str] = "complaint.moderation_appeal_decided"
    against: str
    is_upheld: bool


@dataclass(frozen=True, kw_only=True)
class ComplaintReleased(Event):
    """A moderator found that it is a real complaint, received at `received_at` as this entry's earlier ones say.

    What happened to a public one while it was set aside has a hidden name: it continues that one, and `opening`
    proves that it may (`rules.hidden_name`). One that stays hidden keeps its name and tells nothing.
    """

    kind: ClassVar[str] = "complaint.released"
    received_at: str
    topic: str
    continues: str | None = None
    opening: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintImported(Event):
    """It came from an agency's earlier system, with what had happened there."""

    kind: ClassVar[str] = "complaint.imported"
    topic: str
    source: str
    status: str
    opened_on: str
    closed_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTakenBack(Event):
    """It had come by an import that was undone; nobody had worked on it, and it is here no more."""

    kind: ClassVar[str] = "complaint.import_taken_back"
