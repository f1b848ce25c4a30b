"""Writes of lawmaking, by who acts: the person, the office, the clock."""

from sala.commons.drafts.actions import NO_PROOF, Proof
from sala.services.lawmaking.actions.hearings import (
    Opening,
    Speaking,
    follow_hearing_clock,
    hide_hearing_comment,
    make_hearing_longer,
    open_hearing,
    publish_hearing_text,
    speak_in_hearing,
)
from sala.services.lawmaking.actions.laws import Publishing, import_laws, publish_law, take_back_laws
from sala.services.lawmaking.actions.question_answers import (
    Answered,
    Answering,
    answer_question,
    decline_question,
    revise_answer,
)
from sala.services.lawmaking.actions.question_clock import (
    escalate_question,
    keep_counts,
    let_rest,
    move_date,
    refresh_standing,
)
from sala.services.lawmaking.actions.question_filing import (
    Filed,
    Filing,
    claim_question,
    file_question,
    publish_question,
)
from sala.services.lawmaking.actions.question_office import (
    add_note,
    ask_person,
    assign_question,
    pass_question_on,
)
from sala.services.lawmaking.actions.question_person import (
    explain_question,
    follow_up_question,
    remind_office,
    withdraw_question,
)

__all__ = [
    "Answered",
    "Answering",
    "Filed",
    "Filing",
    "NO_PROOF",
    "Opening",
    "Proof",
    "Publishing",
    "Speaking",
    "add_note",
    "answer_question",
    "ask_person",
    "assign_question",
    "claim_question",
    "decline_question",
    "escalate_question",
    "explain_question",
    "file_question",
    "follow_hearing_clock",
    "follow_up_question",
    "hide_hearing_comment",
    "import_laws",
    "keep_counts",
    "let_rest",
    "make_hearing_longer",
    "move_date",
    "open_hearing",
    "pass_question_on",
    "publish_hearing_text",
    "publish_law",
    "publish_question",
    "refresh_standing",
    "speak_in_hearing",
    "remind_office",
    "revise_answer",
    "take_back_laws",
    "withdraw_question",
]
