"""Writes of complaints, by what happens: taking in, routing, working, the person's word, oversight."""

from sala.services.complaints.actions.appeals import appeal, decide_appeal
from sala.services.complaints.actions.desk import drop_template, drop_view, save_template
from sala.services.complaints.actions.files import take_back_file
from sala.services.complaints.actions.imports import import_complaints
from sala.services.complaints.actions.intake import (
    Filed,
    Filing,
    attach_to_draft,
    detach_from_draft,
    discard_draft,
    drop_old_drafts,
    file_complaint,
    join_complaint,
    save_draft,
)
from sala.services.complaints.actions.keeping import keep_counts
from sala.services.complaints.actions.outcome import (
    answer_question,
    confirm_resolution,
    lapse_confirmation,
    rate_handling,
    reopen_complaint,
)
from sala.services.complaints.actions.oversight import (
    escalate_complaint,
    import_periods,
    import_templates,
    keep_as_it_is,
    mask_text,
    quarantine_complaint,
    release_complaint,
    save_view,
)
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
from sala.services.complaints.permissions import Proof
from sala.services.complaints.rules import (
    EscalationLevel,
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
    "Privacy",
    "Proof",
    "RejectionReason",
    "TakeBackReason",
    "add_note",
    "answer_question",
    "appeal",
    "decide_appeal",
    "assign_complaint",
    "attach_evidence",
    "attach_to_draft",
    "detach_from_draft",
    "confirm_resolution",
    "discard_draft",
    "drop_old_drafts",
    "drop_template",
    "drop_view",
    "escalate_complaint",
    "file_complaint",
    "forward_complaint",
    "hand_back_complaint",
    "import_complaints",
    "import_periods",
    "import_templates",
    "join_complaint",
    "keep_as_it_is",
    "keep_counts",
    "lapse_confirmation",
    "mask_text",
    "pause_clock",
    "quarantine_complaint",
    "rate_handling",
    "reject_complaint",
    "release_complaint",
    "reopen_complaint",
    "reply_to_person",
    "resolve_complaint",
    "resume_clock",
    "route_complaint",
    "save_draft",
    "save_template",
    "save_view",
    "share_complaint",
    "split_complaint",
    "start_work",
    "take_back_file",
]
