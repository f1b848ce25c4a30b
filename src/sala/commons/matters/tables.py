"""The public list of matters as a table."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.commons.matters import exporters, queries, slots
from sala.commons.matters.queries import Matter
from sala.commons.places import queries as places
from sala.core.atom import FeedEntry
from sala.platform.tables import Column, Feed, Filter, Query, Rows, Table, cursor_number


def _rows(query: Query) -> Rows:
    """What the page of the list shows for the same words, so that its files hold what it shows; the newest first."""
    wanted = queries.Filter(**{name: value for name, value in query.filters.items() if name != "q"})
    asked = query.filters.get("q", "")
    before = cursor_number(query)
    if point := places.find_point(asked):
        found = queries.list_around(wanted, latitude=point[0], longitude=point[1], size=query.size)
        return Rows(rows=sorted(found, key=lambda matter: matter.pk, reverse=True))
    if asked:
        page = queries.list_holding(asked, wanted, before=before, size=query.size)
    else:
        page = queries.list_public(wanted, before=before, size=query.size)
    return Rows(rows=page.matters, cursor=str(page.before) if page.before else "")


def _entry(matter: Matter) -> FeedEntry:
    address = _address(matter)
    stage = slots.kinds[matter.kind].stage(matter.stage)[0]
    return FeedEntry(key=address, title=matter.title, updated=matter.updated_at, link=address, summary=stage)


def _address(matter: Matter) -> str:
    return f"{settings.SITE_URL}/m/{matter.reference}"


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.plural)) for kind in slots.kinds.values()]


def _topics() -> list[tuple[str, str]]:
    language = get_language() or "th"
    return [topic for kind in slots.kinds.values() for topic in kind.topics(language)]


def _stages() -> list[tuple[str, str]]:
    return [stage for kind in slots.kinds.values() for stage in kind.stages()]


MATTERS = Table(
    name="matters",
    title=_("All matters"),
    description=_("Every public matter: what it is about, who answers for it, where it stands and by when."),
    columns=(
        Column(
            name="reference",
            title=_("Number"),
            description=_("The number a person was given."),
            kind="code",
            value=lambda m: m.reference,
            show=lambda m: exporters.reference_link(m),
            is_required=True,
        ),
        Column(
            name="kind",
            title=_("What"),
            description=_("The kind of matter."),
            kind="code",
            value=lambda m: m.kind,
            show=lambda m: slots.kinds[m.kind].name,
            is_required=True,
        ),
        Column(
            name="title",
            title=_("Title"),
            description=_("What it is about, personal data covered."),
            kind="text",
            value=lambda m: m.title,
        ),
        Column(
            name="stage",
            title=_("Stands at"),
            description=_("Where it stands now."),
            kind="code",
            value=lambda m: m.stage,
            show=lambda m: slots.kinds[m.kind].stage(m.stage)[0],
        ),
        Column(
            name="agency",
            title=_("Office"),
            description=_("Code of the office that answers for it."),
            kind="code",
            value=lambda m: m.agency,
        ),
        Column(
            name="area",
            title=_("Area"),
            description=_("Official code of the area: 2 digits a province, 4 a district, 6 a subdistrict."),
            kind="code",
            value=lambda m: m.area,
        ),
        Column(
            name="place",
            title=_("Place"),
            description=_("The place in words."),
            kind="text",
            value=lambda m: m.place,
        ),
        Column(
            name="latitude",
            title=_("Latitude"),
            description=_("Of the point, where one is public."),
            kind="number",
            value=lambda m: m.latitude,
            unit="°",
        ),
        Column(
            name="longitude",
            title=_("Longitude"),
            description=_("Of the point, where one is public."),
            kind="number",
            value=lambda m: m.longitude,
            unit="°",
        ),
        Column(
            name="topic",
            title=_("About"),
            description=_("Code of the topic."),
            kind="code",
            value=lambda m: m.topic,
        ),
        Column(
            name="opened_at",
            title=_("Opened"),
            description=_("When it was recorded."),
            kind="datetime",
            value=lambda m: m.opened_at,
            is_required=True,
        ),
        Column(
            name="due_at",
            title=_("Due"),
            description=_("By when the office must answer; empty where no period runs."),
            kind="datetime",
            value=lambda m: m.due_at,
        ),
        Column(
            name="updated_at",
            title=_("Changed"),
            description=_("When something last happened."),
            kind="datetime",
            value=lambda m: m.updated_at,
            is_required=True,
        ),
        Column(
            name="closed_at",
            title=_("Closed"),
            description=_("When it ended; empty while it is open."),
            kind="datetime",
            value=lambda m: m.closed_at,
        ),
        Column(
            name="affected",
            title=_("Affected too"),
            description=_("How many others said that it affects them."),
            kind="integer",
            value=lambda m: m.supporters,
        ),
        Column(
            name="url",
            title=_("Address"),
            description=_("The page of the matter."),
            kind="url",
            value=_address,
        ),
    ),
    key=("reference",),
    rows=_rows,
    filters=(
        Filter(name="q", title=_("Search")),
        Filter(name="kind", title=_("What"), choices=_kinds),
        Filter(name="topic", title=_("About"), choices=_topics),
        Filter(name="stage", title=_("Stands at"), choices=_stages),
        Filter(name="agency", title=_("Office")),
        Filter(name="area", title=_("Area")),
    ),
    feed=Feed(entry=_entry),
    page="matters:list",
)
