"""Why staff look at how to reach whoever asked a legal question; how a look is recorded is the drafts' floor."""

from sala.commons.drafts.views import Looks
from sala.services.lawmaking import permissions

LOOKS = Looks(
    wanted=(
        "answer_legal_question",
        "answer_caller",
        "correct_record",
        "court_order",
        "audit",
        "supervise",
    ),
    readers=permissions.READERS,
    answering=permissions.WORKERS,
)
