"""Keeping a draft and its files, discarding it, handing it over to what it becomes."""

import json
import secrets
from datetime import datetime

from django.db.models import CharField

from sala.commons.drafts import permissions, rules
from sala.commons.drafts.models import Draft
from sala.commons.drafts.queries.drafts import answers_of, is_sent, token_digest
from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.commons.ledger import actions as ledger
from sala.core.actors import SYSTEM, Actor
from sala.core.errors import Conflict, Invalid, NotFound
from sala.platform import rows, seals
from sala.platform.statements import Given, Rows

_NOBODYS = "a draft is nobody's business until it is sent"


@ledger.action_without_entry(_NOBODYS)
def save_draft(*, actor: Actor, now: datetime, kind: str, token: str, answers: dict[str, object]) -> str:
    """What was typed so far is kept under a secret, and comes back after a lost connection. Returns the secret.

    Answers given before stay unless given anew. Raises Invalid if all of it is longer than we keep, Conflict if it
    was sent.
    """
    permissions.anyone_may_write(actor)
    draft = _locked(token)
    if draft is not None and is_sent(draft):
        raise Conflict("sent_already")
    merged = {**(answers_of(draft) if draft else {}), **answers}
    if len(json.dumps(merged, ensure_ascii=False)) > rules.LONGEST_DRAFT:
        raise Invalid("invalid", {"text": "text_too_long"})
    if draft is None:
        token = secrets.token_urlsafe(18)
        draft = Draft(kind=kind, token_digest=token_digest(token), person_id=actor.person_id)
    draft.answers_sealed = seals.seal(json.dumps(merged, ensure_ascii=False))
    draft.updated_at = now
    if draft.pk is None:
        rows.insert_row(draft)
    else:
        rows.update_row(draft, "answers_sealed", "updated_at")
    return token


_LOCKED = Rows(
    lambda: Draft.objects.select_for_update().filter(token_digest=Given("token", CharField())).order_by("pk")
)


def _locked(token: str) -> Draft | None:
    return _LOCKED.first(token=token_digest(token)) if token else None


@ledger.action_without_entry(_NOBODYS)
def discard_draft(*, actor: Actor, token: str) -> None:
    """What was typed is gone, with its files."""
    permissions.anyone_may_write(actor)
    draft = _locked(token)
    if draft is not None:
        _drop([draft])


@ledger.action_without_entry("a draft that nobody sent leaves nothing behind")
def drop_old_drafts(*, now: datetime, actor: Actor = SYSTEM) -> int:
    """Drafts untouched for a week are gone, with their files; returns how many."""
    permissions.require_system(actor)
    return _drop(list(Draft.objects.filter(updated_at__lt=now - rules.DRAFTS_LAST)))


@ledger.part_of_action("the person's erasure leaves the entry")
def forget_writer(person_id: int) -> None:
    """What somebody wrote and never sent is gone, with its files."""
    _drop(list(Draft.objects.filter(person_id=person_id)))


def _drop(drafts: list[Draft]) -> int:
    for draft in drafts:
        files.forget_files(file_queries.list_held(draft.holder))
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    return len(drafts)


@ledger.action_without_entry("a picture belongs to a draft until that is sent")
def attach_to_draft(*, actor: Actor, now: datetime, token: str, kept: files.KeptFile) -> int:
    """A cleaned, stored file goes with the draft. Raises NotFound for a lost draft, Invalid for too many files."""
    permissions.anyone_may_write(actor)
    draft = _locked(token)
    if draft is None or is_sent(draft):
        raise NotFound("draft_gone")
    if len(file_queries.list_held(draft.holder)) >= files.MOST_FILES:
        raise Invalid("invalid", {"files": "too_many_files"})
    added = files.hold_file(kept, holder=draft.holder, now=now, person_id=actor.person_id)
    return int(added.pk)


@ledger.action_without_entry("a picture belongs to a draft until that is sent")
def wish_for_draft_file(*, actor: Actor, token: str, attachment_id: int, wish: files.Wish) -> None:
    """The person says who may see a file of a draft; one that is gone already is no fault."""
    permissions.anyone_may_write(actor)
    for file in _held(token):
        if file.pk == attachment_id:
            files.wish_for(file, wish)


@ledger.action_without_entry("a picture belongs to a draft until that is sent")
def detach_from_draft(*, actor: Actor, token: str, attachment_id: int) -> None:
    """A file added to a draft by mistake is gone, also from the disk; one that is gone already is no fault."""
    permissions.anyone_may_write(actor)
    files.forget_files(file for file in _held(token) if file.pk == attachment_id)


def _held(token: str) -> list[file_queries.File]:
    draft = _locked(token)
    return file_queries.list_held(draft.holder) if draft else []


@ledger.part_of_action("the filing that sends the draft leaves the entry")
def lock_draft(token: str) -> Draft:
    """The draft behind a secret, nobody else's until the action ends. Raises NotFound, Conflict if it was sent."""
    draft = _locked(token)
    if draft is None:
        raise NotFound("draft_gone")
    if is_sent(draft):
        raise Conflict("sent_already")
    return draft


@ledger.part_of_action("the filing that sends the draft leaves the entry")
def take_draft(
    draft: Draft, *, matter_id: int, reference: str, key: str, is_public: bool, looks_first: bool = False
) -> None:
    """What was typed goes; for the rest of its week the draft only knows what it became, for a second press."""
    files.take_over(draft.holder, matter_id=matter_id, is_public=is_public, looks_first=looks_first)
    draft.answers_sealed = seals.seal(json.dumps({"sent": [reference, key]}))
    rows.update_row(draft, "answers_sealed")
