"""Keeping what people say about a matter's text, hiding what breaks a rule, letting go of who said it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.moderation.queries import words_committed
from sala.commons.participation.models import Comment
from sala.commons.participation.rules.comments import Place, problems
from sala.core.actors import Actor
from sala.core.errors import Invalid
from sala.core.events import Event
from sala.engines import thai
from sala.engines.thai.public_text import official
from sala.platform import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody says: `text`, or a `suggestion` of another wording, or both; where; under which name, if any."""

    text: str = ""
    suggestion: str = ""
    place: Place = Place()
    question: int | None = None
    shown_name: str = ""


@ledger.part_of_action(
    "the service whose matter it is hands over the event, which is recorded here with its words"
)
def write_comment(
    saying: Saying, *, matter: int, event: Event, actor: Actor, now: datetime, is_taken_in: bool = False
) -> Comment:
    """Keep a comment on a matter (its key) beside its entry, which commits to its words.

    `is_taken_in`: an officer writes down what somebody said by telephone, on paper or in a meeting, and is not the
    one who speaks. Raises Invalid for words that are missing, too long, or a shown name that is somebody's own.
    """
    wrong = problems(
        text=saying.text,
        suggestion=saying.suggestion,
        quote=saying.place.quote,
        shown_name=saying.shown_name,
    )
    name = saying.shown_name.strip()
    if name and "shown_name" not in wrong and str(thai.cover(name)) != name:
        wrong["shown_name"] = "name_is_somebodys"
    if wrong:
        raise Invalid("invalid", wrong)
    text, suggestion = thai.cover(saying.text.strip()), thai.cover(saying.suggestion.strip())
    original = "\n\n".join(filter(None, (saying.text.strip(), saying.suggestion.strip())))
    public = "\n\n".join(filter(None, (text, suggestion)))
    salt = secrets.token_bytes(16)
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=words_committed(public, original, salt))
    comment = Comment(
        matter_id=matter,
        version=saying.place.version,
        provision=saying.place.provision,
        starts=saying.place.starts,
        ends=saying.place.ends,
        # The words of the text itself, which its office published: covering would change what is quoted.
        quote=official(saying.place.quote),
        question=saying.question,
        original=original,
        public_text=text,
        suggestion=suggestion,
        shown_name=thai.cover(name),
        salt=(recorded.salt or b"") + salt,
        entry_id=recorded.entry_id,
        channel=actor.channel.value,
        person_id=None if is_taken_in else actor.person_id,
        taken_in_by_id=actor.person_id if is_taken_in else None,
        written_at=now,
    )
    rows.insert_row(comment)
    return comment


@ledger.part_of_action("the service's act of hiding leaves the entry with the rule")
def hide_comment(comment: Comment, *, breach: str) -> None:
    """Nobody reads it any more; that there was one, and which rule it broke, stays to be read."""
    comment.hidden_for = breach
    comment.save(update_fields=["hidden_for"])


@ledger.part_of_action("the person's erasure leaves the entry")
def erase_commenter(person_id: int) -> None:
    """Cut every comment loose from the person: the covered words stay as what was said, and nobody's."""
    for comment in Comment.objects.filter(person_id=person_id).only("pk", "public_text", "suggestion"):
        kept = "\n\n".join(filter(None, (comment.public_text, comment.suggestion)))
        Comment.objects.filter(pk=comment.pk).update(
            original=kept, salt=b"", person=None, shown_name=official("")
        )
