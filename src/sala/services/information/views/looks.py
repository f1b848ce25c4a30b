"""Why staff look at how to reach whoever asked for information; how a look is recorded is the drafts' floor."""

from sala.commons.drafts.views import Looks
from sala.services.information import permissions

LOOKS = Looks(
    wanted=(
        "answer_information_request",
        "answer_caller",
        "correct_record",
        "court_order",
        "check_masking",
        "audit",
        "supervise",
    ),
    readers=permissions.READERS,
    answering=permissions.WORKERS,
    watching="check_masking",
)
