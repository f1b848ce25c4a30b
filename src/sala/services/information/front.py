"""What the home page shows of information requests: what came of them, and what offices gave last."""

from datetime import datetime

from django.utils.translation import gettext as _

from sala.commons.tables import queries as tables
from sala.platform.registration import Figure, Front
from sala.services.information.queries import documents, figures
from sala.services.information.queries.figures import OfficeFigures

# Everything ever asked is counted: the table of offices says the same.
SHOWN_DOCUMENTS = 3


def front(now: datetime) -> Front:
    """How offices answer, as the worker counted last, and the newest documents. Three queries, or eight uncounted."""
    offices = figures.offices(now)
    whole = {
        name: sum(getattr(office, name) for office in offices)
        for name in ("asked", "answered", "in_time", "late_now", "documents", *OUTCOMES)
    }
    return Front(
        counts={f"information_{name}": count for name, count in whole.items()},
        figures=_figures(OfficeFigures(agency="", **whole)),
        good_news=_("%(count)s documents given") % {"count": f"{whole['documents']:,}"}
        if whole["documents"]
        else "",
        since=now,
        as_of=figures.counted_at(now),
        template="information/front.html",
        shown={"whole": whole, "documents": documents.list_newest(SHOWN_DOCUMENTS), "shares": _shares(whole)},
    )


OUTCOMES = ("granted", "partly_granted", "refused", "not_held")


def _figures(whole: OfficeFigures) -> list[Figure]:
    """The figures that say something: none before anything was answered or late."""
    if not whole.answered and not whole.late_now:
        return []
    timely = tables.percent(whole.in_time, whole.answered)
    late = "late" if whole.late_now else "ok"
    shown = [
        Figure(str(timely), _("of 100"), _("Requests answered by the expected day"))
        if timely is not None
        else None,
        Figure(f"{whole.documents:,}", _("documents"), _("Given, for everyone to read")),
        Figure(f"{whole.late_now:,}", _("requests"), _("Without an answer past the expected day now"), late),
    ]
    return [figure for figure in shown if figure]


def _shares(whole: dict[str, int]) -> dict[str, int] | None:
    """Of 100 answers: given whole, in part, not given, nothing held. None below the smallest sample."""
    counted = sum(whole[name] for name in OUTCOMES)
    if counted < tables.SMALLEST_SAMPLE:
        return None
    exact = {name: 100 * whole[name] / counted for name in OUTCOMES}
    shares = {name: int(share) for name, share in exact.items()}
    # The largest remainders take what is left, so that the four are 100 together.
    for name in sorted(OUTCOMES, key=lambda name: shares[name] - exact[name])[: 100 - sum(shares.values())]:
        shares[name] += 1
    return shares
