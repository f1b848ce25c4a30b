"""Names of what hearings are about, where they stand, how far they go, and why something is refused."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sala.commons.agencies.words import agency_name
from sala.commons.moderation import words as moderation
from sala.core.dates import format_date
from sala.core.deadlines import day_before
from sala.services.lawmaking import events
from sala.services.lawmaking.rules.hearings import About, Rung, Stage

ABOUTS = {
    About.DRAFT: gettext_lazy("Draft law"),
    About.IN_FORCE: gettext_lazy("Law in force"),
    About.POLICY: gettext_lazy("Policy or measure"),
    About.REGULATION: gettext_lazy("Regulation or standard"),
    About.STUCK: gettext_lazy("Law that does not move"),
}
RUNGS = {
    Rung.ANSWERED: (
        gettext_lazy("Heard and answered"),
        gettext_lazy("The office answers every group of comments with its reasons, and decides."),
    ),
    Rung.DRAFTED_TOGETHER: (
        gettext_lazy("Drafted together"),
        gettext_lazy("Wordings that people suggest are worked into the text, or the office says why not."),
    ),
    Rung.DECIDED_TOGETHER: (
        gettext_lazy("Decided together"),
        gettext_lazy("What those who take part agree on is what the office proposes."),
    ),
}
STAGES = {
    Stage.ANNOUNCED: (gettext_lazy("Opens soon"), "wait"),
    Stage.OPEN: (gettext_lazy("Open: you can speak"), "ok"),
    Stage.CLOSED: (gettext_lazy("Over"), "still"),
}
CHANNELS = {
    "web": gettext_lazy("this site"),
    "phone": gettext_lazy("telephone"),
    "counter": gettext_lazy("in person"),
    "paper": gettext_lazy("paper"),
    "email": gettext_lazy("e-mail"),
    "api": gettext_lazy("another system"),
    "chat": gettext_lazy("chat"),
    "import": gettext_lazy("an earlier system"),
    "system": gettext_lazy("the system"),
}
REFUSALS = {
    "hearing_say_this": gettext_lazy("People need to know this before they can speak. Write it here."),
    "hearing_questions_too_many": gettext_lazy(
        "Ten questions at most, one a line, each up to 500 characters."
    ),
    "hearing_ends_before_it_begins": gettext_lazy("The last day must lie ahead, and behind the first."),
    "hearing_too_long": gettext_lazy("More than a year. Check the year of the last day."),
    "hearing_short_why": gettext_lazy(
        "This is shorter than guidance says. Tell everybody why, in at least 20 characters."
    ),
    "hearing_closed": gettext_lazy(
        "It is over, so it cannot be made longer. Open another one of the same draft."
    ),
    "hearing_only_longer": gettext_lazy(
        "People were promised time until the day that is set. Choose a later one."
    ),
    "hearing_text_missing": gettext_lazy("Paste the draft in full. People speak about its sections."),
    "hearing_text_unread": gettext_lazy(
        "No section was found in this text. Each one must begin with the Thai word for section or clause and its "
        "number."
    ),
    "provision_number_long": gettext_lazy(
        "The number of a section is longer than any number. Look for a line end or a blank that lacks behind it."
    ),
    "hearing_text_same": gettext_lazy("This is the text that stands there already, word for word."),
    "hearing_not_open": gettext_lazy("Nobody can speak at the moment: it has not opened yet, or it is over."),
    "hearing_unknown": gettext_lazy("There is no hearing under this number."),
    "law_unknown": gettext_lazy("There is no such law in the library. Copy its code from its address."),
    "provision_unknown": gettext_lazy("This part is not in this version of the text."),
    "comment_hidden_already": gettext_lazy("It is hidden already."),
}


def stage(code: str) -> tuple[str, str]:
    """Words and colour for where a hearing stands."""
    words, colour = STAGES[Stage(code)]
    return str(words), colour


def stages() -> list[tuple[str, str]]:
    """Every word for where a hearing stands, in the order of its life."""
    return [(one.value, str(words)) for one, (words, _colour) in STAGES.items()]


Values = Mapping[str, Any]
Told = tuple[str, str]


def _last_day(instant: str) -> str:
    return format_date(day_before(datetime.fromisoformat(instant)), language=get_language() or "th")


def _until(content: Values) -> str:
    return _("until %(day)s, the last second of it") % {"day": _last_day(content["closes_at"])}


def _announced(entry: Values, content: Values) -> Told:
    about = str(ABOUTS[About(content["about"])])
    return _("Hearing announced"), f"{agency_name(entry['agency'])} · {about} · {_until(content)}"


def _published(_entry: Values, content: Values) -> Told:
    count = content["provisions"]
    told = ngettext("%(n)d section", "%(n)d sections", count) % {"n": count}
    return _("Version %(n)d of the text is there") % {"n": content["version"]}, told


def _closed(_entry: Values, content: Values) -> Told:
    count = content["comments"]
    told = ngettext("%(n)d comment", "%(n)d comments", count) % {"n": count}
    return _("The hearing is over"), told


_TELLERS: dict[str, Callable[[Values, Values], Told]] = {
    events.HearingAnnounced.kind: _announced,
    events.HearingTextPublished.kind: _published,
    events.HearingOpened.kind: lambda *_entry: (_("The hearing is open"), ""),
    events.HearingCommentHidden.kind: lambda _entry, content: (
        _("A comment was hidden"),
        moderation.breach(content["breach"]),
    ),
    events.HearingMadeLonger.kind: lambda _entry, content: (_("People have more time"), _until(content)),
    events.HearingClosed.kind: _closed,
}


def tell(kind: str, entry: Values) -> Told:
    """One step in words: what happened, and more about it."""
    teller = _TELLERS.get(kind)
    return teller(entry, entry["content"]) if teller else (kind, "")


# Whoever follows a hearing hears of its steps, not of each voice: comments belong to no matter.
SILENT = frozenset({events.HearingCommentHidden.kind})
COLOURS = {events.HearingOpened.kind: "ok", events.HearingClosed.kind: "still"}
