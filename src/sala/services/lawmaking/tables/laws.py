"""Public tables of the law library: every version of every law, and every provision in it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.platform.tables import Column, Query, Rows, Table, cursor_number
from sala.platform.tables.declaration import ColumnKind, Words
from sala.services.lawmaking.models import Expression, Provision
from sala.services.lawmaking.queries import laws
from sala.services.lawmaking.rules.laws import address_name

_Value = Callable[[Any], object]


def _column(name: str, title: Words, told: Words, kind: ColumnKind, value: _Value, **more: Any) -> Column:
    return Column(name=name, title=title, description=told, kind=kind, value=value, **more)


def _law_path(version: Expression) -> str:
    if version.holds_from is None:
        return reverse("laws:law", args=[version.work.code])
    return reverse("laws:law_on", args=[version.work.code, version.holds_from])


def _provision_path(one: Provision) -> str:
    code, name = one.version.work.code, address_name(one.eid)
    if one.version.holds_from is None:
        return reverse("laws:provision", args=[code, name])
    return reverse("laws:provision_on", args=[code, name, one.version.holds_from])


def _law_rows(query: Query) -> Rows:
    found = laws.page_of_versions(cursor_number(query) or 0, query.size + 1)
    more = len(found) > query.size
    return Rows(rows=found[: query.size], cursor=str(found[query.size - 1].pk) if more else "")


def _provision_rows(query: Query) -> Rows:
    found = laws.page_of_provisions(cursor_number(query) or 0, query.size + 1)
    more = len(found) > query.size
    return Rows(rows=found[: query.size], cursor=str(found[query.size - 1].pk) if more else "")


_SINCE = _("Day from which this text holds; empty where the text does not tell it.")

LAWS = Table(
    name="laws",
    title=_("Laws in the library"),
    description=_(
        "Every version of every law in the library, as texts were read. The Gazette alone is authentic."
    ),
    columns=(
        _column(
            "code",
            _("Code"),
            _("Permanent name of the law in addresses."),
            "code",
            lambda row: row.work.code,
            is_required=True,
        ),
        _column(
            "title",
            _("Law"),
            _("Title of the law."),
            "text",
            lambda row: row.work.title,
            show=lambda row: format_html('<a href="{}">{}</a>', _law_path(row), row.work.title),
        ),
        _column("kind", _("Kind of law"), _("Kind, in Latin letters."), "code", lambda row: row.work.kind),
        _column(
            "year", _("Year B.E."), _("Year of the law, Buddhist era."), "integer", lambda row: row.work.year
        ),
        _column("holds_from", _("From"), _SINCE, "date", lambda row: row.holds_from),
        _column(
            "holds_until",
            _("Until"),
            _("Day before the next version; empty for the newest."),
            "date",
            lambda row: row.holds_until,
        ),
        _column("source", _("Text from"), _("Who printed the text."), "text", lambda row: row.work.source),
        _column(
            "is_example",
            _("Invented example"),
            _("Whether it is no law of any country."),
            "boolean",
            lambda row: row.work.is_example,
        ),
        _column(
            "sha256", _("Digest"), _("SHA-256 of the text that was read."), "code", lambda row: row.sha256
        ),
        _column(
            "not_understood",
            _("Lines not understood"),
            _("How many lines the program could not place."),
            "integer",
            lambda row: len(row.not_understood),
        ),
        _column(
            "url",
            _("Address"),
            _("Where this version is read."),
            "url",
            lambda row: f"{settings.SITE_URL}{_law_path(row)}",
        ),
    ),
    key=("code", "holds_from"),
    rows=_law_rows,
    page="laws:start",
)

PROVISIONS = Table(
    name="law_provisions",
    title=_("Sections of laws"),
    description=_("Every section of every version of every law in the library, with its permanent address."),
    columns=(
        _column(
            "law",
            _("Law"),
            _("Permanent name of the law in addresses."),
            "code",
            lambda row: row.version.work.code,
            is_required=True,
        ),
        _column("holds_from", _("From"), _SINCE, "date", lambda row: row.version.holds_from),
        _column(
            "eid",
            _("Id"),
            _("Id of the section within the law (Akoma Ntoso eId)."),
            "code",
            lambda row: row.eid,
        ),
        _column("number", _("Number"), _("Number in Arabic digits."), "text", lambda row: row.number_arabic),
        _column("path", _("Headings"), _("Ids of the headings above it."), "text", lambda row: row.path),
        _column("text", _("Text"), _("Words of the section."), "text", lambda row: row.text),
        _column(
            "url",
            _("Address"),
            _("Where this section is read."),
            "url",
            lambda row: f"{settings.SITE_URL}{_provision_path(row)}",
        ),
    ),
    key=("law", "holds_from", "eid"),
    rows=_provision_rows,
)
