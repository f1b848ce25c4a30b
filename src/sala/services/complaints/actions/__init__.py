"""Writes of complaints, by what happens: taking in, routing, working, the person's word, oversight."""

from sala.commons.drafts.actions import Proof
from sala.core.deadlines import EscalationLevel
from sala.services.complaints.actions.appeals import appeal, decide_appeal
from sala.services.complaints.actions.claims import claim_complaint
from sala.services.complaints.actions.dates import move_date
from sala.services.complaints.actions.files import take_back_file
from sala.services.complaints.actions.imports import (
    import_complaints,
    rehearse_complaints,
    take_back,
    take_complaints,
)
from sala.services.complaints.actions.intake import (
    Filed,
    Filing,
    Prospect,
    file_complaint,
    foresee,
    join_complaint,
    problems_of,
)
from sala.services.complaints.actions.keeping import keep_counts
from sala.services.complaints.actions.moderation import appeal_moderation, decide_moderation_appeal
from sala.services.complaints.actions.outcome import (
    answer_question,
    confirm_resolution,
    lapse_confirmation,
    rate_handling,
    reopen_complaint,
)
from sala.services.complaints.actions.oversight import (
    escalate_complaint,
    keep_as_it_is,
    mask_text,
    quarantine_complaint,
    release_complaint,
)
from sala.services.complaints.actions.pictures import cover_picture, show_picture, withhold_picture
from sala.services.complaints.actions.placing import correct_place
from sala.services.complaints.actions.routing import (
    assign_complaint,
    forward_complaint,
    hand_back_complaint,
    route_complaint,
    share_complaint,
    split_complaint,
)
from sala.services.complaints.actions.work import (
    add_note,
    attach_evidence,
    pause_clock,
    reject_complaint,
    reply_to_person,
    resolve_complaint,
    resume_clock,
    start_work,
)
from sala.services.complaints.rules import (
    PauseReason,
    Privacy,
    RejectionReason,
    TakeBackReason,
)

__all__ = [
    "EscalationLevel",
    "Filed",
    "Filing",
    "PauseReason",
    "Prospect",
    "Privacy",
    "Proof",
    "RejectionReason",
    "TakeBackReason",
    "add_note",
    "answer_question",
    "appeal",
    "appeal_moderation",
    "decide_appeal",
    "decide_moderation_appeal",
    "assign_complaint",
    "attach_evidence",
    "claim_complaint",
    "confirm_resolution",
    "cover_picture",
    "escalate_complaint",
    "file_complaint",
    "foresee",
    "forward_complaint",
    "hand_back_complaint",
    "import_complaints",
    "rehearse_complaints",
    "take_back",
    "take_complaints",
    "join_complaint",
    "keep_as_it_is",
    "keep_counts",
    "lapse_confirmation",
    "mask_text",
    "move_date",
    "pause_clock",
    "problems_of",
    "quarantine_complaint",
    "rate_handling",
    "reject_complaint",
    "release_complaint",
    "reopen_complaint",
    "reply_to_person",
    "resolve_complaint",
    "resume_clock",
    "route_complaint",
    "correct_place",
    "share_complaint",
    "show_picture",
    "split_complaint",
    "start_work",
    "take_back_file",
    "withhold_picture",
]
