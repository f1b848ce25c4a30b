"""Each step of a request in words, from its ledger entry: for pages, feeds and letters."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sala.commons.agencies.words import agency_name
from sala.commons.moderation import words as moderation_words
from sala.core.dates import format_date
from sala.services.information import events
from sala.services.information.queries.law import section_of
from sala.services.information.rules.proceedings import Kind, Ruling
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.ways import WayKind
from sala.services.information.rules.wishes import TransferBasis
from sala.services.information.words.names import CHANNELS, KINDS, RULINGS, STANDINGS, TRANSFER_BASES
from sala.services.information.words.parts import PARTS
from sala.services.information.words.ways import WAYS

Values = Mapping[str, Any]
Told = tuple[str, str]


def tell(kind: str, entry: Values) -> Told:
    """One step in words: what happened, and more about it."""
    teller = _TELLERS.get(kind)
    return teller(entry, entry["content"]) if teller else (kind, "")


def day(text: str) -> str:
    """An ISO day as people read it; "" stays empty."""
    return format_date(date.fromisoformat(text), language=get_language() or "th") if text else ""


def _filed(entry: Values, content: Values) -> Told:
    channel = CHANNELS.get(content["channel"], content["channel"])
    how = str(channel)
    if entry["agency"]:  # of one that was set aside on arrival not even the office is told
        values = {"channel": channel, "agency": agency_name(entry["agency"])}
        how = _("By %(channel)s; %(agency)s answers") % values
    if not content.get("received_on"):
        return _("Request made"), how
    received = _("The office has had it since %(day)s") % {"day": day(content["received_on"])}
    return _("Request made"), f"{how} · {received}"


def _expected(content: Values) -> str:
    return _("An answer is expected by %(day)s") % {"day": day(content["expected_on"])}


def _transferred(entry: Values, content: Values) -> Told:
    way = f"{agency_name(content['from_agency'])} → {agency_name(entry['agency'])}"
    why = TRANSFER_BASES[TransferBasis(content["basis"])]
    return _("Sent on to the office that has it"), f"{way} · {why} · {_('(the date stays the same)')}"


def _handed_back(entry: Values, content: Values) -> Told:
    way = f"{agency_name(content['from_agency'])} → {agency_name(entry['agency'])}"
    return _("Sent back"), f"{way} · {_('(the date stays the same)')}"


def _third_party_asked(entry: Values, content: Values) -> Told:
    until = _("They may object until %(day)s (section 17)") % {"day": day(content["object_until"])}
    return _("People it concerns are asked"), until


def _third_party_replied(entry: Values, content: Values) -> Told:
    said = _("They object") if content["is_objection"] else _("They agree")
    return _("Somebody it concerns has answered"), said


def _overruled(entry: Values, content: Values) -> Told:
    more = _("Nothing is given before %(day)s has passed, so that they can appeal") % {
        "day": day(content["appeal_until"])
    }
    return _("An objection is not heard"), more


def _answered(entry: Values, content: Values) -> Told:
    language = get_language() or "th"
    what = str(STANDINGS[Standing(content["result"])][0])
    parts = []
    if sections := ", ".join(section_of(ground, language) for ground in content["grounds"]):
        parts.append(_("Relies on %(sections)s") % {"sections": sections})
    if count := content["documents"]:
        parts.append(ngettext("%(n)d file", "%(n)d files", count) % {"n": count})
    if not content["in_time"]:
        parts.append(_("after the expected day"))
    if content.get("release_on"):
        parts.append(_("the files can be fetched from %(day)s") % {"day": day(content["release_on"])})
    if content["appeal_until"]:
        parts.append(_("appeal until %(day)s") % {"day": day(content["appeal_until"])})
    return what, " · ".join(parts)


def _reopened(entry: Values, content: Values) -> Told:
    causes = {
        "missing": _("The person says that something is missing"),
        "office": _("The office thinks again"),
    }
    return _("Taken up again"), f"{causes.get(content['cause'], '')} · {_expected(content)}".strip(" ·")


def _complained(entry: Values, content: Values) -> Told:
    until = _("The Board decides by %(day)s") % {"day": day(content["due_on"])}
    return str(WAYS[WayKind(content["against"])].name), until


def _appealed(entry: Values, content: Values) -> Told:
    who = _("Appealed") if content["by"] == "person" else _("Somebody it concerns appealed")
    return who, _("The Board passes it on to the Tribunal by %(day)s") % {"day": day(content["due_on"])}


def _forwarded(entry: Values, content: Values) -> Told:
    until = _("The Tribunal decides by %(day)s") % {"day": day(content["due_on"])}
    return _("Passed on to the Information Disclosure Tribunal"), until


def _extended_above(entry: Values, content: Values) -> Told:
    return _("They need longer, with reasons"), _("Now by %(day)s; it cannot be longer") % {
        "day": day(content["due_on"])
    }


def _decided(entry: Values, content: Values) -> Told:
    who = _("The Board has decided") if content["by"] == "board" else _("The Tribunal has decided")
    return who, f"{KINDS[Kind(content['what'])]} · {RULINGS[Ruling(content['ruling'])][0]}"


def _moved(entry: Values, content: Values) -> Told:
    return _("A holiday was declared: the date moved"), _("New date: %(date)s") % {
        "date": day(content["due_on"])
    }


def _closed(entry: Values, content: Values) -> Told:
    why = (
        _("The person has what they wanted") if content["is_by_person"] else _("Nothing is pending any more")
    )
    return _("Closed"), why


def _released(entry: Values, content: Values) -> Told:
    return _("The files can be fetched now"), _("The time for objections is over")


def _escalated(entry: Values, content: Values) -> Told:
    levels = {
        "supervisor": _("the supervisor was told"),
        "head": _("the head of the office was told"),
        "central": _("the central unit was told"),
    }
    return _("No answer past the expected day"), levels.get(content["level"], "")


def _covered(entry: Values, content: Values) -> Told:
    what = PARTS["" if content["what"] == "asked" else content["what"]]
    more = f"{what} · {moderation_words.breach(content['reason'])}"
    return str(moderation_words.WORDS_COVERED), more


_TELLERS: dict[str, Callable[[Values, Values], Told]] = {
    events.RequestFiled.kind: _filed,
    events.RequestAssigned.kind: lambda *_entry: (_("Given to a desk"), ""),
    events.ClarificationAsked.kind: lambda *_entry: (
        _("The office asks what exactly is wanted"),
        _("Its days wait for the person"),
    ),
    events.RequestClarified.kind: lambda _entry, content: (_("The person explained"), _expected(content)),
    events.RequestSleeps.kind: lambda *_entry: (
        _("Rests until the person answers"),
        _("It goes on as soon as they do"),
    ),
    events.RequestTransferred.kind: _transferred,
    events.TransferAccepted.kind: lambda entry, _content: (
        _("The office says that it is theirs"),
        agency_name(entry["agency"]),
    ),
    events.RequestHandedBack.kind: _handed_back,
    events.ThirdPartyAsked.kind: _third_party_asked,
    events.ThirdPartyReplied.kind: _third_party_replied,
    events.HearingEnded.kind: lambda *_entry: (_("People it concerns were heard"), _("The office decides")),
    events.ObjectionOverruled.kind: _overruled,
    events.TimeExtended.kind: lambda _entry, content: (
        _("The office takes longer: it is fragile"),
        _expected(content),
    ),
    events.OfficeReplied.kind: lambda *_entry: (_("The office wrote to the person"), ""),
    events.PersonWrote.kind: lambda *_entry: (_("The person added something"), ""),
    events.LetterArrived.kind: lambda *_entry: (_("A letter came by e-mail"), _("The office reads it")),
    events.PersonReminded.kind: lambda *_entry: (_("The person reminded the office"), ""),
    events.NoteAdded.kind: lambda *_entry: (_("Internal note"), ""),
    events.NoteAttached.kind: lambda *_entry: (_("The person's note goes with the record"), ""),
    events.RequestAnswered.kind: _answered,
    events.LastDayNear.kind: lambda _entry, content: (
        _("Few days are left to appeal"),
        _("appeal until %(day)s") % {"day": day(content["until"])},
    ),
    events.DocumentsReleased.kind: _released,
    events.DocumentTakenBack.kind: lambda *_entry: (_("A file was taken back"), _("The reason stands below")),
    events.RequestReopened.kind: _reopened,
    events.ComplaintLodged.kind: _complained,
    events.AppealLodged.kind: _appealed,
    events.AppealForwarded.kind: _forwarded,
    events.ProceedingExtended.kind: _extended_above,
    events.ProceedingDecided.kind: _decided,
    events.ProceedingWithdrawn.kind: lambda _entry, content: (
        _("The person took it back"),
        str(KINDS[Kind(content["what"])]),
    ),
    events.RequestPublished.kind: lambda *_entry: (_("The person made it public"), ""),
    events.RequestWithdrawn.kind: lambda *_entry: (_("The person withdrew it"), ""),
    events.RequestClosed.kind: _closed,
    events.RequestEscalated.kind: _escalated,
    events.DateMoved.kind: _moved,
    events.RequestSetAside.kind: lambda _entry, content: (
        str(moderation_words.SET_ASIDE),
        moderation_words.breach(content["reason"]),
    ),
    events.RequestReleased.kind: lambda *_entry: (str(moderation_words.RELEASED), ""),
    events.WordsCovered.kind: _covered,
    events.WordsChecked.kind: lambda *_entry: (str(moderation_words.WORDS_READ), ""),
    events.ModerationAppealed.kind: lambda _entry, content: moderation_words.appealed(day(content["due_on"])),
    events.ModerationAppealDecided.kind: lambda _entry, content: moderation_words.appeal_decided(
        content["against"], is_upheld=content["is_upheld"]
    ),
}

SILENT = frozenset(
    {
        events.NoteAdded.kind,
        events.RequestAssigned.kind,
        events.LetterArrived.kind,
        events.WordsChecked.kind,
    }
)
PASSED_OVER = SILENT | {
    events.DateMoved.kind,
    events.OfficeReplied.kind,
    events.TransferAccepted.kind,
    events.RequestSetAside.kind,
    events.RequestReleased.kind,
    events.WordsCovered.kind,
    events.ModerationAppealed.kind,
    events.ModerationAppealDecided.kind,
}
COLOURS = {
    events.RequestAnswered.kind: "ok",
    events.DocumentsReleased.kind: "ok",
    events.ClarificationAsked.kind: "wait",
    events.ThirdPartyAsked.kind: "wait",
    events.ComplaintLodged.kind: "wait",
    events.AppealLodged.kind: "wait",
    events.RequestEscalated.kind: "late",
    events.RequestWithdrawn.kind: "still",
    events.RequestSleeps.kind: "still",
}
