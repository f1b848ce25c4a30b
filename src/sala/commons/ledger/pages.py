"""What the ledger's pages show: entries in words, values as rows, evidence as text that can be copied."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sala.commons.ledger import keys, queries, slots
from sala.commons.ledger.queries import LoggedEntry
from sala.core.actors import Role
from sala.core.atom import FeedEntry
from sala.core.references import looks_like_reference
from sala.engines import merkle

ROLES: dict[str, Promise] = {
    Role.CITIZEN: _("a citizen"),
    Role.OFFICER: _("an officer of the agency"),
    Role.SUPERVISOR: _("a supervisor at the agency"),
    Role.OPERATOR: _("a call-centre or counter operator"),
    Role.MODERATOR: _("a moderator"),
    Role.EXECUTIVE: _("the head of the agency"),
    Role.AUDITOR: _("an auditor"),
    Role.ADMINISTRATOR: _("an administrator"),
    Role.SYSTEM: _("the system"),
}


def home(count: int) -> dict[str, Any]:
    """For the first page: the log's size, key and newest entries."""
    return {
        "size": queries.count_entries(),
        "key": str(keys.log_key()),
        "entries": [_shown(found) for found in queries.list_newest(count)],
        "witnesses": [witness.key.name for witness in keys.witnesses()],
    }


def entry(position: int) -> dict[str, Any]:
    """For the page of an entry. Raises NotFound if the log is not that long."""
    found = queries.get_entry(position)
    evidence = queries.get_evidence(position)
    return {
        "entry": _shown(found),
        "values": [(name, _readable(value)) for name, value in found.content["content"].items()],
        "commitment": found.content.get("commitment", ""),
        "text": found.body.decode(),
        "leaf": merkle.write_hash(evidence.leaf),
        "root": merkle.write_hash(evidence.root),
        "proof": [merkle.write_hash(part) for part in evidence.proof],
        "evidence": evidence,
        "key": str(keys.log_key()),
        "cosigners": _cosigners(evidence.checkpoint),
    }


def feed_entry(found: LoggedEntry) -> FeedEntry:
    """An entry as feed readers show it, in the reader's language."""
    shown = _shown(found)
    about = (shown["matter"], shown["agency"], str(shown["role"]))
    return FeedEntry(
        key=f"{settings.SITE_URL}/ledger/{found.position}",
        title=shown["words"],
        updated=shown["at"],
        link=settings.SITE_URL + reverse("ledger:entry", args=[found.position]),
        summary=" · ".join(part for part in about if part),
        kind=shown["kind"],
    )


def _shown(found: LoggedEntry) -> dict[str, Any]:
    content = found.content
    return {
        "position": found.position,
        "kind": content["kind"],
        "words": slots.words_of(content),
        "at": datetime.fromisoformat(content["at"]),
        "role": ROLES.get(content["role"], content["role"]),
        "matter": content["matter"],
        "address": slots.matter_address(content["matter"]) if _is_reference(content["matter"]) else "",
        "agency": slots.agency_name(content["agency"]) if content["agency"] else None,
        "area": slots.area_name(content["area"]) if content["area"] else None,
    }


def _is_reference(matter: str | None) -> bool:
    return matter is not None and looks_like_reference(matter)


def _readable(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cosigners(checkpoint: str) -> list[str]:
    """Which configured witnesses really signed this checkpoint."""
    trusted = [witness.key for witness in keys.witnesses()]
    try:
        return sorted(key.name for key in merkle.verify_note(merkle.parse_note(checkpoint), trusted))
    except merkle.BadNote:
        return []
