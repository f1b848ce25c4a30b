"""What everyone may know of agencies, as tables: who there is, who answers for what, which days are free."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries
from sala.platform.tables import Column, Filter, Query, Rows, Table
from sala.platform.tables.declaration import ColumnKind, Words


def _column(name: str, title: Words, description: Words, kind: ColumnKind = "text") -> Column:
    """A column whose value is the attribute of the row that has its name."""
    return Column(
        name=name, title=title, description=description, kind=kind, value=lambda row: _of(row, name)
    )


def _of(row: Any, name: str) -> object:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _paged(read: Callable[[], Sequence[Any]], *names: str) -> Callable[[Query], Rows]:
    """Rows of a list that is held in memory, narrowed by what stands in the columns `names`; read on by number."""

    def rows(query: Query) -> Rows:
        fitting = [
            row
            for row in read()
            if all(
                str(_of(row, name) or "") == query.filters[name] for name in names if name in query.filters
            )
        ]
        start = int(query.cursor) if query.cursor.isascii() and query.cursor.isdigit() else 0
        end = start + query.size
        return Rows(
            rows=fitting[start:end], cursor=str(end) if end < len(fitting) else "", count=len(fitting)
        )

    return rows


_AGENCY = _column("agency", _("Office"), _("Code of the office."), "code")
_LAWS = (
    _column("law_th", _("Law, in Thai"), _("The law it rests on.")),
    _column("law_en", _("Law, in English"), _("The same in English.")),
)

AGENCIES = Table(
    name="agencies",
    title=_("Offices"),
    description=_("Every body of the state that answers here."),
    columns=(
        _column("code", _("Code"), _("The code by which other tables name it."), "code"),
        _column("kind", _("Kind"), _("Ministry, department, province, local government and so on."), "code"),
        _column("name_th", _("Name in Thai"), _("Its name.")),
        _column("name_en", _("Name in English"), _("Its name.")),
        _column("short_th", _("Short name"), _("As people say it.")),
        _column("parent", _("Above it"), _("Code of the body above it."), "code"),
        _column(
            "area", _("Area"), _("Official code of the area it answers for, empty for the country."), "code"
        ),
        _column("phone", _("Telephone"), _("Of the office.")),
        _column("website", _("Website"), _("Of the office."), "url"),
        _column(
            "is_central", _("Central unit"), _("Whether it takes what nobody else answers for."), "boolean"
        ),
    ),
    key=("code",),
    rows=_paged(lambda: list(queries.agencies_by_code().values()), "kind", "parent", "area"),
    filters=(
        Filter(name="kind", title=_("Kind")),
        Filter(name="parent", title=_("Above it")),
        Filter(name="area", title=_("Area")),
    ),
    page="agencies:list",
)

MANDATES = Table(
    name="mandates",
    title=_("Who answers for what"),
    description=_("Why an office answers for a topic in an area: by which law, from when until when."),
    columns=(
        _AGENCY,
        _column("topic", _("About"), _("Code of the topic."), "code"),
        _column("area", _("Area"), _("Official code of the area, empty for everywhere."), "code"),
        *_LAWS,
        _column("valid_from", _("From"), _("The first day it holds."), "date"),
        _column("valid_until", _("Until"), _("The last day it holds, empty while it does."), "date"),
    ),
    key=("agency", "topic", "area", "valid_from"),
    rows=_paged(queries.list_mandates, "agency", "topic", "area"),
    filters=(
        Filter(name="agency", title=_("Office")),
        Filter(name="topic", title=_("About")),
        Filter(name="area", title=_("Area")),
    ),
)

HOLIDAYS = Table(
    name="holidays",
    title=_("Days that are no working days"),
    description=_("For the whole country or for one office. Week-ends are not listed."),
    columns=(
        _column("on", _("Day"), _("The day."), "date"),
        _column("name_th", _("Name in Thai"), _("What is celebrated.")),
        _column("name_en", _("Name in English"), _("What is celebrated.")),
        _column("agency", _("Office"), _("Code of the only office it holds for, empty for all."), "code"),
    ),
    key=("on", "agency"),
    rows=_paged(queries.list_holidays, "agency"),
    filters=(Filter(name="agency", title=_("Office")),),
)
