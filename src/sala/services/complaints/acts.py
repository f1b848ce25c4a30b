"""What staff can do to one complaint: each act is one row here, with its words, key, form, action and condition."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.commons.files import actions as files
from sala.core import clock
from sala.core.actors import Actor
from sala.platform.requests import Request
from sala.platform.worklist import Act, Needed, by_code
from sala.services.complaints import actions, forms, permissions, rules
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.appeals import find_waiting
from sala.services.complaints.rules import Move


def _is_set_aside(complaint: Complaint) -> bool:
    return bool(complaint.matter.visibility == "quarantined")


def _works(complaint: Complaint, actor: Actor) -> bool:
    return not _is_set_aside(complaint) and permissions.may_work(actor, complaint)


def _may_move(what: Move) -> Needed:
    """Staff of the owner, where the table of moves allows this one."""
    return lambda complaint, actor: _works(complaint, actor) and what in rules.moves_from(complaint.state)


def _works_on_open(complaint: Complaint, actor: Actor) -> bool:
    return _works(complaint, actor) and complaint.state in rules.OPEN


def _may_route(complaint: Complaint, actor: Actor) -> bool:
    return _may_move(Move.ASSIGN)(complaint, actor) and not complaint.is_triaged


def _may_hand_back(complaint: Complaint, actor: Actor) -> bool:
    came_from = any(step.to_agency == complaint.matter.agency for step in complaint.handovers.all())
    return came_from and _may_move(Move.HAND_BACK)(complaint, actor)


def _may_split(complaint: Complaint, actor: Actor) -> bool:
    return _works_on_open(complaint, actor) and not complaint.parent_id


def _may_pause(complaint: Complaint, actor: Actor) -> bool:
    return _works_on_open(complaint, actor) and not complaint.is_paused


def _may_resume(complaint: Complaint, actor: Actor) -> bool:
    return _works_on_open(complaint, actor) and complaint.is_paused


def _may_rule(complaint: Complaint, actor: Actor) -> bool:
    """Whoever decides an appeal is told by role and agency, so this act has its own."""
    waiting = find_waiting(complaint)
    if waiting is None or _is_set_aside(complaint):
        return False
    return permissions.deciding_role(actor, complaint, waiting) is not None


def _may_note(complaint: Complaint, actor: Actor) -> bool:
    return not _is_set_aside(complaint) or permissions.may_moderate(actor, complaint)


def _is_aside(complaint: Complaint, actor: Actor) -> bool:
    return _is_set_aside(complaint) and permissions.may_moderate(actor, complaint)


def _may_mask(complaint: Complaint, actor: Actor) -> bool:
    is_public = complaint.privacy == rules.Privacy.PUBLIC and not _is_set_aside(complaint)
    return is_public and permissions.may_moderate(actor, complaint)


def _may_keep(complaint: Complaint, actor: Actor) -> bool:
    if complaint.checked_at is not None:
        return False
    is_covered = complaint.public_text != complaint.original
    return _is_aside(complaint, actor) or (is_covered and _may_mask(complaint, actor))


def _may_set_aside(complaint: Complaint, actor: Actor) -> bool:
    return not _is_set_aside(complaint) and permissions.may_moderate(actor, complaint)


def _with_evidence(request: Request, complaint: Complaint, values: dict[str, Any]) -> dict[str, Any]:
    """The files that came along are kept as evidence first, so that the resolution shows them."""
    reference = complaint.matter.reference
    for file in request.FILES.getlist("files"):
        with files.kept_files([file]) as (kept,):
            actions.attach_evidence(actor=request.actor, now=clock.now(), reference=reference, kept=kept)
    return values


def _by_oneself(request: Request, complaint: Complaint, values: dict[str, Any]) -> dict[str, Any]:
    """Whoever takes it themselves is the officer, whatever else was chosen."""
    takes = values.pop("take")
    return {**values, "officer_id": request.actor.person_id} if takes else values


def _back_to_moderation(request: Request, complaint: Complaint) -> str:
    """A moderator has others to look at: what was set aside, or what was covered."""
    return reverse("complaints:quarantined" if _is_set_aside(complaint) else "complaints:covered")


def _words_missing(given: Mapping[str, Any]) -> str:
    return "" if given.get("text", "").strip() else _("Write what the people should read first.")


def _office_missing(given: Mapping[str, Any]) -> str:
    is_told = given.get("agency") and given.get("reason", "").strip()
    return "" if is_told else _("Choose the office and give the reason first.")


ACTS = (
    Act(
        code="rule",
        label=gettext_lazy("Decide the appeal"),
        done=gettext_lazy("The person and everyone can read the decision."),
        form=forms.RulingForm,
        do=actions.decide_appeal,
        needs=_may_rule,
    ),
    Act(
        code="release",
        label=gettext_lazy("It is a real complaint"),
        done=gettext_lazy("It goes its way now."),
        form=forms.EmptyForm,
        do=actions.release_complaint,
        needs=_is_aside,
        after=_back_to_moderation,
    ),
    Act(
        code="route",
        label=gettext_lazy("Confirm office and type"),
        done=gettext_lazy("Office and type are confirmed."),
        key="C",
        form=forms.RouteForm,
        do=actions.route_complaint,
        needs=_may_route,
    ),
    Act(
        code="start",
        label=gettext_lazy("Start work"),
        done=gettext_lazy("The person sees that work has begun."),
        key="S",
        form=forms.EmptyForm,
        do=actions.start_work,
        needs=_may_move(Move.START),
        in_bulk=True,
    ),
    Act(
        code="resolve",
        label=gettext_lazy("Done, with evidence"),
        done=gettext_lazy("The person is asked to confirm."),
        key="D",
        form=forms.ResolveForm,
        do=actions.resolve_complaint,
        needs=_may_move(Move.RESOLVE),
        values=_with_evidence,
        takes_files=True,
        takes_ready_words=True,
    ),
    Act(
        code="reply",
        label=gettext_lazy("Write to the person"),
        done=gettext_lazy("Your words have been sent."),
        key="R",
        form=forms.ReplyForm,
        do=actions.reply_to_person,
        needs=_works_on_open,
        in_bulk=True,
        lacking=_words_missing,
        takes_ready_words=True,
    ),
    Act(
        code="assign",
        label=gettext_lazy("Give to a desk"),
        done=gettext_lazy("It is assigned."),
        key="A",
        form=forms.AssignForm,
        do=actions.assign_complaint,
        needs=_may_move(Move.ASSIGN),
        values=_by_oneself,
        in_bulk=True,
    ),
    Act(
        code="forward",
        label=gettext_lazy("Send to another office"),
        done=gettext_lazy("It lies with the other office now. The date stays the same."),
        key="F",
        form=forms.ForwardForm,
        do=actions.forward_complaint,
        needs=_may_move(Move.FORWARD),
        in_bulk=True,
        lacking=_office_missing,
    ),
    Act(
        code="hand_back",
        label=gettext_lazy("Hand back"),
        done=gettext_lazy("It went back. The date stays the same."),
        key="H",
        form=forms.ReasonForm,
        do=actions.hand_back_complaint,
        needs=_may_hand_back,
    ),
    Act(
        code="share",
        label=gettext_lazy("Ask another office to help"),
        done=gettext_lazy("The other office sees it and helps. You stay responsible."),
        form=forms.AgencyForm,
        do=actions.share_complaint,
        needs=_works_on_open,
    ),
    Act(
        code="place",
        label=gettext_lazy("Put the place right"),
        done=gettext_lazy(
            "Where it really is. Everyone sees that it was put right; the office stays the same."
        ),
        form=forms.PlaceForm,
        do=actions.correct_place,
        needs=_works_on_open,
    ),
    Act(
        code="split",
        label=gettext_lazy("Split off a part"),
        done=gettext_lazy("The part goes its own way under its own number."),
        form=forms.SplitForm,
        do=actions.split_complaint,
        needs=_may_split,
    ),
    Act(
        code="pause",
        label=gettext_lazy("Pause the clock"),
        done=gettext_lazy("The clock stands still, and everyone sees why."),
        key="P",
        form=forms.PauseForm,
        do=actions.pause_clock,
        needs=_may_pause,
    ),
    Act(
        code="resume",
        label=gettext_lazy("Let the clock run"),
        done=gettext_lazy("The clock runs again."),
        form=forms.EmptyForm,
        do=actions.resume_clock,
        needs=_may_resume,
    ),
    Act(
        code="reject",
        label=gettext_lazy("Do not take up"),
        done=gettext_lazy("The person is told why, and what they can do."),
        form=forms.RejectForm,
        do=actions.reject_complaint,
        needs=_may_move(Move.REJECT),
    ),
    Act(
        code="note",
        label=gettext_lazy("Internal note"),
        done=gettext_lazy("The note is kept."),
        key="N",
        form=forms.NoteForm,
        do=actions.add_note,
        needs=_may_note,
    ),
    Act(
        code="mask",
        label=gettext_lazy("Cover personal data"),
        done=gettext_lazy("Everyone reads your version now."),
        form=forms.MaskForm,
        do=actions.mask_text,
        needs=_may_mask,
    ),
    Act(
        code="keep",
        label=gettext_lazy("Checked: leave it so"),
        done=gettext_lazy("Your check is recorded. It waits no longer."),
        form=forms.KeepForm,
        do=actions.keep_as_it_is,
        needs=_may_keep,
        after=_back_to_moderation,
    ),
    Act(
        code="quarantine",
        label=gettext_lazy("Set aside as spam"),
        done=gettext_lazy("It is set aside."),
        form=forms.SetAsideForm,
        do=actions.quarantine_complaint,
        needs=_may_set_aside,
    ),
)
BY_CODE = by_code(ACTS)
