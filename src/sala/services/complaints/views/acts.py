"""What an officer can do to one complaint: each act with its form and its action; the words are in desk_words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sala.services.complaints import actions, forms
from sala.services.complaints.forms.staff import ActForm


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an officer can do: its form, its action."""

    form: type[ActForm]
    do: Callable[..., Any]


ACTS: dict[str, Act] = {
    "route": Act(forms.RouteForm, actions.route_complaint),
    "assign": Act(forms.AssignForm, actions.assign_complaint),
    "start": Act(forms.EmptyForm, actions.start_work),
    "reply": Act(forms.ReplyForm, actions.reply_to_person),
    "resolve": Act(forms.ResolveForm, actions.resolve_complaint),
    "note": Act(forms.NoteForm, actions.add_note),
    "forward": Act(forms.AgencyForm, actions.forward_complaint),
    "hand_back": Act(forms.ReasonForm, actions.hand_back_complaint),
    "share": Act(forms.AgencyForm, actions.share_complaint),
    "split": Act(forms.SplitForm, actions.split_complaint),
    "pause": Act(forms.PauseForm, actions.pause_clock),
    "resume": Act(forms.EmptyForm, actions.resume_clock),
    "reject": Act(forms.RejectForm, actions.reject_complaint),
    "rule": Act(forms.RulingForm, actions.decide_appeal),
    "mask": Act(forms.MaskForm, actions.mask_text),
    "release": Act(forms.EmptyForm, actions.release_complaint),
    "keep": Act(forms.KeepForm, actions.keep_as_it_is),
    "quarantine": Act(forms.EmptyForm, actions.quarantine_complaint),
}
