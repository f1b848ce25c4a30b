"""What overseers read, in words and pictures: the weeks as lines, late work on the map, what changed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sala.commons.agencies import queries as agencies
from sala.commons.matters import slots as matters
from sala.commons.oversight.queries import WEEK, Picture
from sala.commons.oversight.rules import LOOKED_BACK, Office, list_changes, spark
from sala.commons.places import queries as places
from sala.commons.worklist import queries as worklist
from sala.core.actors import Actor
from sala.core.dates import format_date
from sala.engines import charts
from sala.platform.registration import Words

# From how many late ones on a shade of the map is darker.
STEPS = (1, 3, 10, 30)
SHOWN_OFFICES = 12


def office_name(code: str) -> str:
    """An office's name in the reader's language; its code if it is gone."""
    found = agencies.find_agency(code)
    return found.name(get_language() or "th") if found else code


def headline(whole: Office) -> tuple[str, str]:
    """What the week comes to, in a sentence, and its colour."""
    more = whole.came[-1] - whole.done[-1]
    if more > 0:
        said = ngettext(
            "In seven days %(n)s more came in than was done",
            "In seven days %(n)s more came in than were done",
            more,
        )
        return said % {"n": f"{more:,}"}, "late"
    if more < 0:
        said = ngettext(
            "In seven days %(n)s more was done than came in",
            "In seven days %(n)s more were done than came in",
            -more,
        )
        return said % {"n": f"{-more:,}"}, "ok"
    return _("In seven days as many were done as came in"), ""


class WeekRow(NamedTuple):
    """A week as a row of the table beside the lines."""

    until: str
    came: int
    done: int
    late: int


def weeks(picture: Picture) -> list[WeekRow]:
    """The weeks, the oldest first, each by its last day."""
    language = get_language() or "th"
    return [
        WeekRow(format_date(end, style="short", language=language), *counts)
        for end, *counts in zip(
            picture.ends, picture.whole.came, picture.whole.done, picture.whole.late, strict=True
        )
    ]


def lines(picture: Picture) -> tuple[str, str]:
    """What came in and what was done, week by week, drawn wide and narrow."""
    language: charts.Language = "en" if get_language() == "en" else "th"
    rows = weeks(picture)
    # Each third week is named, the last one always; there is no room for all of them.
    last = len(rows) - 1
    labels = [row.until.rsplit(" ", 1)[0] if (last - at) % 3 == 0 else "" for at, row in enumerate(rows)]
    series = [
        charts.Series(_("Came in"), picture.whole.came),
        charts.Series(_("Said to be done"), picture.whole.done),
    ]
    title = _("Twelve weeks, matters a week")
    wide, narrow = (
        charts.lines(title, labels, series, name=_("Week until"), width=width, language=language)
        for width in (720, 340)
    )
    return wide.to_svg(), narrow.to_svg()


class OfficeRow(NamedTuple):
    """An office as a row: its figures, the line of what was late, and where more of it stands."""

    office: Office
    name: str
    spark: str
    colour: str
    address: str


def drill(actor: Actor, agency: str) -> str:
    """What is late at an office: its list for those who read it, what is public of it for all others."""
    if actor.holds_any(worklist.READERS, agency):
        return worklist.list_address(agency=agency, view="overdue")
    return f"{reverse('matters:list')}?{urlencode({'agency': agency})}"


def office_rows(picture: Picture, actor: Actor) -> list[OfficeRow]:
    """Every office that has something, the one with the most late first."""
    rows = sorted(picture.offices, key=lambda office: (-office.late_now, -office.open_now, office.agency))
    return [
        OfficeRow(
            office,
            office_name(office.agency),
            spark(office.late),
            "late" if office.more_late > 0 else "ok" if office.more_late < 0 else "",
            drill(actor, office.agency),
        )
        for office in rows
        if office.open_now or any(office.came) or any(office.done)
    ]


class ChangeLine(NamedTuple):
    """A sentence about what changed, its direction ("up", "down"), and where those matters stand."""

    said: str
    beside: str
    way: str
    address: str


def changes(picture: Picture, actor: Actor) -> list[ChangeLine]:
    """What changed most at which office, in sentences."""
    told = []
    for office in list_changes(picture.offices):
        more, name = office.more_late, office_name(office.agency)
        if more > 0:
            said = ngettext(
                "%(office)s has %(n)s more late than %(weeks)s weeks ago",
                "%(office)s has %(n)s more late than %(weeks)s weeks ago",
                more,
            )
        else:
            said = ngettext(
                "%(office)s has %(n)s fewer late than %(weeks)s weeks ago",
                "%(office)s has %(n)s fewer late than %(weeks)s weeks ago",
                -more,
            )
        beside = _("%(now)s late now, %(before)s then; %(came)s came in this week, %(done)s were done")
        told.append(
            ChangeLine(
                said % {"office": name, "n": f"{abs(more):,}", "weeks": LOOKED_BACK},
                beside
                % {
                    "now": f"{office.late_now:,}",
                    "before": f"{office.late_before:,}",
                    "came": f"{office.came[-1]:,}",
                    "done": f"{office.done[-1]:,}",
                },
                "up" if more > 0 else "down",
                drill(actor, office.agency),
            )
        )
    return told


def funnels(picture: Picture) -> list[tuple[Words, int, list[tuple[Words, int]]]]:
    """(kind, how many came in, the steps with how many reached each) of each kind."""
    return [
        (
            matters.kinds[funnel.kind].plural,
            funnel.came,
            [
                (said, count)
                for (said, _condition), count in zip(
                    worklist.worklist_of(funnel.kind).oversight.steps, funnel.steps, strict=True
                )
            ],
        )
        for funnel in picture.funnels
    ]


def provinces(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """(code, name, late) of each province that has any, most first."""
    language = get_language() or "th"
    named = [(area.code, area.name(language), counts.get(area.code, 0)) for area in places.areas_within(None)]
    return sorted((row for row in named if row[2]), key=lambda row: (-row[2], row[0]))


def late_map(counts: Mapping[str, int]) -> str:
    """The country, each province shaded by how much is late there."""
    every = {area.code: counts.get(area.code, 0) for area in places.areas_within(None)}
    shades = {
        code: places.Shade(
            places.shade_by(float(count), STEPS), ngettext("%(n)d late", "%(n)d late", count) % {"n": count}
        )
        for code, count in every.items()
    }
    return places.draw_country(
        shades,
        language=get_language() or "th",
        address_of=lambda area: f"{reverse('matters:list')}?{urlencode({'area': area})}",
        title=_("Late now, by province"),
    )


def map_key() -> list[tuple[str, str]]:
    """The class of each shade with how many late ones it stands for."""
    ranges = [
        str(low) if high - low == 1 else f"{low}–{high - 1}"
        for low, high in zip(STEPS, STEPS[1:], strict=False)
    ]
    return [(f"q{at}", said) for at, said in enumerate(["0", *ranges, f"{STEPS[-1]}+"])]


def span(picture: Picture) -> tuple[str, str]:
    """The first and last day of the present week."""
    language = get_language() or "th"
    return (
        format_date(picture.as_of - WEEK, language=language),
        format_date(picture.as_of, language=language),
    )


def cohort(picture: Picture) -> tuple[str, str]:
    """From which day to which came in what the steps count."""
    language = get_language() or "th"
    return (
        format_date(picture.funnel_from, language=language),
        format_date(picture.funnel_until, language=language),
    )


def csv_rows(picture: Picture, part: str) -> tuple[Sequence[str], list[dict[str, object]]]:
    """Columns and rows of one table of the page. Raises KeyError for a table that it does not have."""
    if part == "weeks":
        dates = [end.date().isoformat() for end in picture.ends]
        every = [("", picture.whole), *picture.kinds]
        return ("week_until", "kind", "came", "done", "late_by_present_dates"), [
            {
                "week_until": date,
                "kind": code,
                "came": office.came[at],
                "done": office.done[at],
                "late_by_present_dates": office.late[at],
            }
            for code, office in every
            for at, date in enumerate(dates)
        ]
    if part == "offices":
        columns = (
            "agency",
            "name",
            "open_now",
            "late_now",
            "late_four_weeks_ago",
            "came_7_days",
            "done_7_days",
        )
        return columns, [
            dict(
                zip(
                    columns,
                    (
                        *(office.agency, office_name(office.agency), office.open_now, office.late_now),
                        *(office.late_before, office.came[-1], office.done[-1]),
                    ),
                    strict=True,
                )
            )
            for office in picture.offices
        ]
    if part == "provinces":
        return ("area", "name", "late_now"), [
            {"area": code, "name": name, "late_now": late}
            for code, name, late in provinces(picture.provinces)
        ]
    if part == "steps":
        return ("kind", "step", "matters"), [
            {"kind": str(kind), "step": str(said), "matters": count}
            for kind, came, steps in funnels(picture)
            for said, count in ((_("Came in"), came), *steps)
        ]
    raise KeyError(part)
