"""Every act on a complaint tried by every role, of the owning agency and of another: who may, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.small_state import NOW, staff

from sala.core.actors import ANONYMOUS, STAFF, Role
from sala.core.deadlines import EscalationLevel
from sala.core.errors import NotFound, Refused, SalaError
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing, PauseReason, RejectionReason
from sala.services.complaints.rules import Privacy

pytestmark = pytest.mark.usefixtures("state")
WORDS = "ดำเนินการเรียบร้อยแล้วเมื่อวานนี้ ขอบคุณ"
ROLES = [role for role in Role if role not in (Role.CITIZEN, Role.SYSTEM)]
OWNER, OTHER = "opm-1111", "pea"

Act = tuple[Callable[..., Any], dict[str, Any], frozenset[Role]]
READERS = STAFF | {Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR}
NOBODY: frozenset[Role] = frozenset()
ACTS: dict[str, Act] = {
    "route": (actions.route_complaint, {"topic": "other", "agency": OTHER, "reason": WORDS}, STAFF),
    "assign": (actions.assign_complaint, {}, STAFF),
    "forward": (actions.forward_complaint, {"agency": OTHER, "reason": WORDS}, STAFF),
    "hand_back": (actions.hand_back_complaint, {"reason": WORDS}, STAFF),
    "share": (actions.share_complaint, {"agency": OTHER, "reason": WORDS}, STAFF),
    "split": (
        actions.split_complaint,
        {"agency": OTHER, "topic": "other", "text": WORDS, "reason": WORDS},
        STAFF,
    ),
    "start": (actions.start_work, {}, STAFF),
    "reply": (actions.reply_to_person, {"text": WORDS}, STAFF),
    "pause": (actions.pause_clock, {"reason": PauseReason.WEATHER, "words": WORDS}, STAFF),
    "resume": (actions.resume_clock, {}, STAFF),
    "resolve": (actions.resolve_complaint, {"text": WORDS}, STAFF),
    "reject": (actions.reject_complaint, {"reason": RejectionReason.IN_COURT, "text": WORDS}, STAFF),
    "note": (actions.add_note, {"text": WORDS}, READERS),
    "mask": (actions.mask_text, {"public_text": WORDS}, frozenset({Role.MODERATOR})),
    "quarantine": (actions.quarantine_complaint, {}, frozenset({Role.MODERATOR})),
    "release": (actions.release_complaint, {}, frozenset({Role.MODERATOR})),
    "answer": (actions.answer_question, {"text": WORDS}, NOBODY),
    "confirm": (actions.confirm_resolution, {}, NOBODY),
    "rate": (actions.rate_handling, {"rating": 1}, NOBODY),
    "reopen": (actions.reopen_complaint, {"text": WORDS}, NOBODY),
    "lapse": (actions.lapse_confirmation, {}, NOBODY),
    "escalate": (actions.escalate_complaint, {"level": EscalationLevel.HEAD}, NOBODY),
}


def is_shut_out(act: str, actor: Any, reference: str) -> bool:
    """Whether the act was refused for who the actor is; any other refusal means that they came in."""
    do, values, _ = ACTS[act]
    try:
        do(actor=actor, now=NOW, reference=reference, **values)
    except (Refused, NotFound):
        return True
    except SalaError:
        return False
    return False


def filed(privacy: Privacy = Privacy.AGENCY_ONLY) -> str:
    filing = Filing(text="ขอให้ตรวจสอบป้ายโฆษณา", topic="other", privacy=privacy)
    one = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    assert one.agency == OWNER or privacy is Privacy.CONFIDENTIAL
    return one.reference


@pytest.mark.req("TRU-2", "CMP-2.2")
@pytest.mark.parametrize("act", ACTS)
def test_who_may(act: str) -> None:
    allowed = ACTS[act][2]
    assert is_shut_out(act, ANONYMOUS, filed()), "anyone"
    for role in ROLES:
        assert is_shut_out(act, staff(OTHER, role), filed()), f"{role} of another agency"
        assert is_shut_out(act, staff(OWNER, role), filed()) == (role not in allowed), f"{role} of the owner"


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("act", ACTS)
def test_nobody_of_the_central_unit_touches_a_confidential_one(act: str) -> None:
    reference = filed(Privacy.CONFIDENTIAL)
    for role in ROLES:
        assert is_shut_out(act, staff(OWNER, role), reference), role


@pytest.mark.req("CMP-1.2")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_rules_are_printed_from_the_data_that_decides(client: Any, prefix: str) -> None:
    shown = client.get(f"{prefix}/complaints/rules").content.decode()
    wanted = (
        ("15 working days", "section 38", "Municipality Act B.E. 2496 section 56", "The person does not answer in time")
        if prefix
        else ("15 วันทำการ", "มาตรา 38", "พ.ร.บ. เทศบาล พ.ศ. 2496 มาตรา 56", "ผู้แจ้งไม่ตอบภายในเวลา")
    )  # fmt: skip
    assert [words for words in wanted if words not in shown] == []
