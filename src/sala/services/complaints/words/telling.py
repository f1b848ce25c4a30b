"""Each step of a complaint in words, from its ledger entry: for pages, feeds and letters."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise as StrPromise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sala.commons.moderation import words as moderation_words
from sala.commons.places import queries as places
from sala.core.dates import format_date
from sala.services.complaints.rules import (
    PauseReason,
    RejectionReason,
    TakeBackReason,
)
from sala.services.complaints.words.names import (
    CHANNELS,
    PAUSES,
    PICTURE_DECISIONS,
    REJECTIONS,
    TAKEN_BACK,
    agency_name,
)


def tell(kind: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """One step in words, from its ledger entry: what happened, and more about it. For pages, feeds and letters."""
    content = entry["content"]
    teller = _TELLERS.get(kind)
    return teller(entry, content) if teller else (kind, "")


Told = tuple[str, str]
Values = Mapping[str, Any]


def _filed(entry: Values, content: Values) -> Told:
    channel = CHANNELS.get(content["channel"], content["channel"])
    how = _("By %(channel)s; %(agency)s answers") % {
        "channel": channel,
        "agency": agency_name(entry["agency"]) or _("the office concerned"),
    }
    received = content.get("received_on")
    return _("Received"), f"{_on_paper(received)} · {how}" if received else how


def _on_paper(received_on: str) -> str:
    return _("The office had the paper form on %(date)s; the clock runs from that day") % {
        "date": _day(received_on)
    }


def _routed(entry: Values, content: Values) -> Told:
    if not content["from_agency"]:
        return _("Routed"), ""  # of a confidential one the ledger does not know between whom
    if content["from_agency"] == entry["agency"]:
        return _("Checked"), _("An officer confirmed the office and the kind of matter")
    return _("Routed"), _chain(entry, content)


def _chain(entry: Values, content: Values) -> str:
    if not content["from_agency"]:
        return ""
    return f"{agency_name(content['from_agency'])} → {agency_name(entry['agency'])}"


def _forwarded(entry: Values, content: Values) -> Told:
    return _("Sent on"), f"{_chain(entry, content)} {_('(the date stays the same)')}"


def _handed_back(entry: Values, content: Values) -> Told:
    return _("Handed back"), f"{_chain(entry, content)} {_('(the date stays the same)')}"


def _shared(entry: Values, content: Values) -> Told:
    return _("Another office helps"), agency_name(content["with_agency"])


def _place_corrected(entry: Values, content: Values) -> Told:
    path = places.area_path(entry["area"])
    return _("The office put the place right"), path.label(get_language() or "th") if path else ""


def _split(entry: Values, content: Values) -> Told:
    return _("A part went its own way"), f"{content['part']} · {agency_name(content['part_agency'])}"


def _paused(entry: Values, content: Values) -> Told:
    return _("Clock paused"), str(PAUSES[PauseReason(content["reason"])])


def _resumed(entry: Values, content: Values) -> Told:
    return _("Clock running again"), _("New date: %(date)s") % {"date": _day(content["due_on"])}


def _date_moved(entry: Values, content: Values) -> Told:
    new_date = _("New date: %(date)s") % {"date": _day(content["due_on"])}
    return _("A holiday was declared: the date moved"), new_date


def _resolved(entry: Values, content: Values) -> Told:
    shown = ngettext("%(n)d picture", "%(n)d pictures", content["pictures"]) % {"n": content["pictures"]}
    by = _("the person has until %(date)s to confirm") % {"date": _day(content["confirm_by"])}
    return _("Done, says the office"), f"{shown} · {by}" if content["pictures"] else by


def _reopened(entry: Values, content: Values) -> Told:
    return _("Opened again by the person"), _("New date: %(date)s") % {"date": _day(content["due_on"])}


def _appealed(entry: Values, content: Values) -> Told:
    by = _("%(agency)s decides by %(date)s") % {
        "agency": agency_name(content["to_agency"]) or _("the office above"),
        "date": _day(content["due_on"]),
    }
    return _("The person appealed"), by


def _decided(entry: Values, content: Values) -> Told:
    by = agency_name(content["by_agency"])
    if not content["is_upheld"]:
        return _("Appeal dismissed"), by
    new_date = _("New date: %(date)s") % {"date": _day(content["due_on"])}
    return _("Appeal upheld"), " · ".join(part for part in (by, new_date) if part)


def _taken_back(entry: Values, content: Values) -> Told:
    who = _WHO_TOOK_BACK.get(entry["role"], _WHO_TOOK_BACK["officer"])
    if entry["role"] == "citizen" and content["by_office"]:  # an office that is not named
        who = _WHO_TOOK_BACK["officer"]
    return _("A file was taken back"), f"{who} · {TAKEN_BACK[TakeBackReason(content['reason'])]}"


def _picture_decided(entry: Values, content: Values) -> Told:
    return str(PICTURE_DECISIONS[content["decision"]]), ""


_WHO_TOOK_BACK = {
    "citizen": gettext_lazy("By the person who filed"),
    "moderator": gettext_lazy("By a moderator"),
    "officer": gettext_lazy("By the office that added it"),
}


def _rejected(entry: Values, content: Values) -> Told:
    return _("Not taken up"), str(REJECTIONS[RejectionReason(content["reason"])])


def _joined(entry: Values, content: Values) -> Told:
    # Entries of the first weeks said how many there were by then; counting meant that joiners waited for each other.
    count = content.get("supporters")
    many = ngettext("%(n)d person", "%(n)d people", count) % {"n": count} if count else ""
    return _("One more person affected"), many


def _escalated(entry: Values, content: Values) -> Told:
    to = str(LEVELS.get(content["level"], content["level"]))
    return _("Passed on three times or more") if content["cause"] == "bounced" else _(
        "Overdue, escalated"
    ), to


def _with_reason(what: StrPromise) -> Callable[[Values, Values], Told]:
    return lambda entry, content: (str(what), moderation_words.breach(content.get("reason", "")))


def _moderation_appealed(entry: Values, content: Values) -> Told:
    return moderation_words.appealed(_day(content["due_on"]))


def _moderation_appeal_decided(entry: Values, content: Values) -> Told:
    return moderation_words.appeal_decided(content["against"], is_upheld=content["is_upheld"])


def _plain(what: StrPromise) -> Callable[[Values, Values], Told]:
    return lambda entry, content: (str(what), "")


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), language=get_language() or "th") if text else ""


LEVELS = {
    "supervisor": gettext_lazy("to the supervisor"),
    "head": gettext_lazy("to the head of the office"),
    "central": gettext_lazy("to the central unit"),
}

_TELLERS: dict[str, Callable[[Values, Values], Told]] = {
    "complaint.filed": _filed,
    "complaint.routed": _routed,
    "complaint.assigned": _plain(gettext_lazy("Given to a desk")),
    "complaint.forwarded": _forwarded,
    "complaint.handed_back": _handed_back,
    "complaint.shared": _shared,
    "complaint.place_corrected": _place_corrected,
    "complaint.split": _split,
    "complaint.work_started": _plain(gettext_lazy("Work has begun")),
    "complaint.replied": _plain(gettext_lazy("The office wrote")),
    "complaint.person_answered": _plain(gettext_lazy("The person wrote")),
    "complaint.note_added": _plain(gettext_lazy("Internal note")),
    "complaint.clock_paused": _paused,
    "complaint.clock_resumed": _resumed,
    "complaint.date_moved": _date_moved,
    "complaint.resolved": _resolved,
    "complaint.confirmed": _plain(gettext_lazy("Solved, says the person")),
    "complaint.lapsed": _plain(gettext_lazy("Closed without an answer; not counted as solved")),
    "complaint.reopened": _reopened,
    "complaint.rejected": _rejected,
    "complaint.appealed": _appealed,
    "complaint.appeal_decided": _decided,
    "complaint.file_taken_back": _taken_back,
    "complaint.picture_decided": _picture_decided,
    "complaint.moderation_appealed": _moderation_appealed,
    "complaint.moderation_appeal_decided": _moderation_appeal_decided,
    "complaint.joined": _joined,
    "complaint.rated": _plain(gettext_lazy("The person gave a rating")),
    "complaint.escalated": _escalated,
    "complaint.text_masked": _with_reason(moderation_words.WORDS_COVERED),
    "complaint.words_checked": _plain(moderation_words.WORDS_READ),
    "complaint.quarantined": _with_reason(moderation_words.SET_ASIDE),
    "complaint.released": _plain(moderation_words.RELEASED),
    "complaint.imported": _plain(gettext_lazy("Taken over from an earlier system")),
    "complaint.import_taken_back": _plain(
        gettext_lazy("Its import was undone: it is not kept here any more")
    ),
}
# Steps that say nothing to a reader of the public page.
SILENT = frozenset({"complaint.note_added", "complaint.joined", "complaint.words_checked"})
