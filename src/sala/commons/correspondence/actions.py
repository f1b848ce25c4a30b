"""Writes of correspondence: keeping what was written beside its entry; words kept ready for answers."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import F

from sala.commons.correspondence import permissions
from sala.commons.correspondence.models import InboundLetter, Message, ReplyTemplate
from sala.commons.ledger import actions as ledger
from sala.commons.matters import slots
from sala.commons.matters.actions import Matter
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.tables import Outcome, Row, Unfit, require_cells, take_rows
from sala.engines.thai.public_text import NOTHING, PublicText

LONGEST_NAME = 80
LONGEST_TEMPLATE = 4000
_UNSAID = "words an agency keeps ready say nothing until someone sends them"


@ledger.part_of_action("the action that says something leaves the entry that commits to the words")
def write_message(
    matter: Matter,
    *,
    kind: str,
    text: str,
    public_text: PublicText,
    actor: Actor,
    now: datetime,
    recorded: ledger.Recorded,
    agency: str = "",
) -> Message:
    """Keep words beside their entry. An office's are those of `agency`, or of the one that owns the matter.

    `kind` is one of the matter's kind; internal ones have no public words whatever is given. Raises KeyError for one
    that the kind of matter does not know: a fault of ours.
    """
    told = slots.kinds[matter.kind].messages[kind]
    return Message.objects.create(
        matter=matter,
        kind=kind,
        text=text,
        public_text=NOTHING if told.is_internal else public_text,
        agency="" if told.by_person else agency or matter.agency,
        author_id=actor.person_id,
        at=now,
        salt=recorded.salt or b"",
        entry_id=recorded.entry_id,
    )


@ledger.part_of_action("the import that brings a matter in leaves the entry")
def bring_message(
    matter: Matter, *, kind: str, text: str, public_text: PublicText, agency: str, at: datetime
) -> None:
    """Keep words that an earlier system holds of a matter; no entry commits to them."""
    Message.objects.create(matter=matter, kind=kind, text=text, public_text=public_text, agency=agency, at=at)


@ledger.part_of_action("the person's erasure leaves the entry")
def forget_author(person_id: int) -> None:
    """Nobody knows any more that this person wrote anything."""
    Message.objects.filter(author_id=person_id).update(author=None)


@ledger.part_of_action("the person's erasure leaves the entry")
def erase_words(matter_ids: Sequence[int], *, kinds: Collection[str]) -> None:
    """Of messages of these kinds only the public words stay; what would open their commitment goes too."""
    said = Message.objects.filter(matter_id__in=matter_ids, kind__in=kinds)
    said.update(text=F("public_text"), salt=b"")


@ledger.action_without_entry(_UNSAID)
def import_templates(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Ready words of a table (agency, name, text) are there afterwards, each once under its name."""
    permissions.require_may_import(actor)
    return take_rows(rows, _take_template, once=("agency", "name"))


def _take_template(row: dict[str, str]) -> str:
    require_cells(row, "agency", "name", "text")
    if len(row["name"]) > LONGEST_NAME:
        raise Unfit("name", "too_long")
    _, is_new = ReplyTemplate.objects.update_or_create(
        agency=row["agency"], name=row["name"], defaults={"text": row["text"]}
    )
    return "added" if is_new else "unchanged"


@ledger.action_without_entry(_UNSAID)
def save_template(*, actor: Actor, agency: str, name: str, text: str, template_id: int | None = None) -> int:
    """Words the officers of an agency find ready: new ones, or those of `template_id` changed.

    Raises Refused unless the actor supervises the agency, Invalid for missing words, Conflict for a name twice.
    """
    permissions.require_may_keep_words(actor, agency)
    fields = {key: "text_missing" for key, value in (("name", name), ("text", text)) if not value.strip()}
    if len(text) > LONGEST_TEMPLATE:
        fields["text"] = "text_too_long"
    if fields:
        raise Invalid("invalid", fields)
    own = ReplyTemplate.objects.filter(agency=agency)
    if own.filter(name=name.strip()[:LONGEST_NAME]).exclude(pk=template_id or 0).exists():
        raise Conflict("name_taken")
    kept = own.select_for_update().filter(pk=template_id).first() if template_id else None
    if template_id and kept is None:
        raise NotFound("not_found")
    kept = kept or ReplyTemplate(agency=agency)
    kept.name, kept.text = name.strip()[:LONGEST_NAME], text.strip()
    kept.save()
    return int(kept.pk)


@ledger.action_without_entry(_UNSAID)
def drop_template(*, actor: Actor, agency: str, template_id: int) -> None:
    """The words are gone from the list; what was sent with them stays. Raises Refused, NotFound."""
    permissions.require_may_keep_words(actor, agency)
    gone, _ = ReplyTemplate.objects.filter(pk=template_id, agency=agency).delete()
    if not gone:
        raise NotFound("not_found")


_ARRIVAL = "that a letter came in is told by the step that its words become"
# A claim whose holder died may be taken over after this time.
CLAIM_LASTS = timedelta(minutes=10)


@ledger.action_without_entry(_ARRIVAL)
def claim_letter(*, actor: Actor, mark: str, matter_id: int | None, now: datetime) -> bool:
    """Whether a letter that came in is this one's to take: not taken before, and nobody takes it just now."""
    permissions.require_system(actor)
    claim, is_new = InboundLetter.objects.select_for_update().get_or_create(
        message_digest=mark, defaults={"matter_id": matter_id, "taken_as": "", "at": now}
    )
    if is_new:
        return True
    if claim.taken_as or now - claim.at < CLAIM_LASTS:
        return False
    claim.at = now
    claim.save(update_fields=["at"])
    return True


@ledger.action_without_entry(_ARRIVAL)
def note_letter(*, actor: Actor, mark: str, taken_as: str) -> None:
    """What a claimed letter was taken as; one that was refused may come again."""
    permissions.require_system(actor)
    claimed = InboundLetter.objects.filter(message_digest=mark)
    if taken_as:
        claimed.update(taken_as=taken_as[:16])
    else:
        claimed.delete()
