"""Writes of lawmaking, by who acts: the person, the office, the clock."""

from sala.commons.drafts.actions import NO_PROOF, Proof
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
    "Proof",
    "Publishing",
    "add_note",
    "answer_question",
    "ask_person",
    "assign_question",
    "claim_question",
    "decline_question",
    "escalate_question",
    "explain_question",
    "file_question",
    "follow_up_question",
    "import_laws",
    "keep_counts",
    "let_rest",
    "move_date",
    "pass_question_on",
    "publish_law",
    "publish_question",
    "refresh_standing",
    "remind_office",
    "revise_answer",
    "take_back_laws",
    "withdraw_question",
]
