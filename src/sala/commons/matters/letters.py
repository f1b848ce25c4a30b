"""Letters to followers, in their language: asking a new address, handing over the filer's key, telling of steps."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from sala.commons.matters import slots
from sala.commons.matters.models import Follow
from sala.commons.matters.queries.following import link_token
from sala.core.dates import format_instant
from sala.platform import seals
from sala.platform.letters import Letter, parted

Step = Mapping[str, Any]


def ask(follow: Follow, *, now: datetime) -> None:
    """Ask an address whether it is its owner's wish to be told. Not a word of anybody's is in it, and no key.

    One letter for each following and day; how many reach a mailbox in all is limited by the outbox.
    """
    context = {"token": link_token(follow)}
    letter = _letter(follow, "confirm", context, key=f"ask:{follow.pk}:{now:%Y%m%d}", asks=True)
    slots.post([letter] if letter else [], now=now)


def hand_over_key(follow: Follow, *, now: datetime) -> None:
    """Whoever opened the matter, and has now shown that the address is theirs, gets the link to their own page."""
    if own := own_page(follow):
        context = {"matter": follow.matter, "own": own, "token": link_token(follow)}
        letter = _letter(follow, "own", context, key=f"own:{follow.pk}", headers=_headers(follow))
        slots.post([letter] if letter else [], now=now)


def tell(parts: Sequence[tuple[Follow, Sequence[Step]]], *, language: str, newest: int) -> Letter | None:
    """One letter of all that happened in some matters, None where there is no address; `newest` is the last entry."""
    follow, is_duty = parts[0][0], any(follow.is_duty for follow, _ in parts)
    with override(language):
        shown = [_part(follow, steps) for follow, steps in parts]
    headers = _headers(follow) if len(parts) == 1 and not is_duty else {}
    context = {"parts": shown, "is_duty": is_duty}
    key = f"steps:{follow.pk}:{newest}"
    return _letter(follow, "steps", context, key=key, language=language, headers=headers)


def _part(follow: Follow, steps: Sequence[Step]) -> dict[str, Any]:
    kind, reference = slots.kinds[follow.matter.kind], follow.matter.reference
    return {
        "matter": follow.matter,
        "token": "" if follow.is_duty else link_token(follow),
        "page": kind.work_page(reference) if follow.is_duty else "",
        "own": "" if follow.is_duty else own_page(follow),
        "steps": [_described(step) for step in steps],
    }


def _described(entry: Step) -> tuple[str, str, str]:
    """A step in words: when, what, and what more there is to say."""
    kind = str(entry["kind"])
    at = format_instant(datetime.fromisoformat(entry["at"]), language=get_language() or "th")
    return (at, *slots.kinds[kind.partition(".")[0]].describe_entry(kind, entry))


def own_page(follow: Follow) -> str:
    """Where whoever opened the matter answers and confirms, if it is they who follow; "" for others."""
    own = slots.kinds[follow.matter.kind].own_page
    address = "" if follow.person else seals.unseal(follow.contact_sealed)
    return own(follow.matter.reference, follow.person_id, address)


def _letter(
    follow: Follow,
    template: str,
    context: dict[str, Any],
    *,
    key: str,
    language: str = "",
    headers: Mapping[str, str] | None = None,
    asks: bool = False,
) -> Letter | None:
    address = seals.unseal(follow.person.email_sealed if follow.person else follow.contact_sealed)
    if not address:
        return None
    with override(language or follow.language):
        text = render_to_string(f"matters/letters/{template}.txt", {**context, "site": settings.SITE_URL})
    subject, body = parted(text)
    return Letter(key=key, to=address, subject=subject, body=body, headers=headers or {}, asks=asks)


def _headers(follow: Follow) -> dict[str, str]:
    """What lets a mail program offer "unsubscribe" with one click (RFC 8058), and where an answer goes.

    What somebody is told because it is their duty has no such click; their account's pace holds for it too.
    """
    address = settings.SITE_URL + reverse("matters:unfollow_link", args=[link_token(follow)])
    found = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    reply_to = slots.kinds[follow.matter.kind].reply_address
    if reply_to and own_page(follow) and (back := reply_to(follow.matter.reference)):
        found["Reply-To"] = back
    return found
