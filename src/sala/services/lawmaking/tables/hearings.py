"""Public tables of hearings, and of what people said in them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sala.commons.participation import queries as participation
from sala.platform.tables import Column, Filter, Query, Rows, Table, cursor_number
from sala.platform.tables.declaration import ColumnKind, Words
from sala.services.lawmaking.queries import hearings
from sala.services.lawmaking.queries.hearings import KIND


def _column(
    name: str, title: Words, told: Words, kind: ColumnKind, value: Callable[[Any], object], **more: Any
) -> Column:
    return Column(name=name, title=title, description=told, kind=kind, value=value, **more)


def _path(reference: str) -> str:
    return reverse("hearings:hearing", args=[reference])


def _hearing_rows(query: Query) -> Rows:
    found = hearings.page_of_hearings(cursor_number(query) or 0, query.size + 1)
    more = len(found) > query.size
    return Rows(rows=found[: query.size], cursor=str(found[query.size - 1].pk) if more else "")


def _comment_rows(query: Query) -> Rows:
    asked = query.filters.get("hearing", "")
    hearing = hearings.find_hearing(asked) if asked else None
    if asked and hearing is None:
        return Rows(rows=[], cursor="")
    found = participation.list_newest(
        kind=KIND, before=cursor_number(query), matter=hearing.pk if hearing else None, size=query.size + 1
    )
    more = len(found) > query.size
    return Rows(rows=found[: query.size], cursor=str(found[query.size - 1].pk) if more else "")


HEARINGS = Table(
    name="hearings",
    title=_("Hearings"),
    description=_("What offices asked everybody about, from when until when people could speak."),
    columns=(
        _column(
            "reference",
            _("Number"),
            _("Number of the hearing."),
            "code",
            lambda row: row.matter.reference,
            show=lambda row: format_html(
                '<a href="{}">{}</a>', _path(row.matter.reference), row.matter.reference
            ),
        ),
        _column("title", _("Title"), _("What it is about."), "text", lambda row: row.matter.title),
        _column(
            "agency", _("Office"), _("Code of the office that asks."), "code", lambda row: row.matter.agency
        ),
        _column(
            "about",
            _("About"),
            _("draft, in_force, policy, regulation or stuck."),
            "code",
            lambda row: row.about,
        ),
        _column("stage", _("Stage"), _("announced, open or closed."), "code", lambda row: row.matter.stage),
        _column(
            "opens_at",
            _("Opens"),
            _("First instant at which people may speak."),
            "datetime",
            lambda row: row.opens_at,
        ),
        _column(
            "closes_at",
            _("Closes"),
            _("First instant at which nobody may speak any more."),
            "datetime",
            lambda row: row.closes_at,
        ),
        _column(
            "url",
            _("Address"),
            _("Where the hearing stands."),
            "url",
            lambda row: f"{settings.SITE_URL}{_path(row.matter.reference)}",
        ),
    ),
    key=("reference",),
    rows=_hearing_rows,
    page="hearings:start",
)

COMMENTS = Table(
    name="comments",
    title=_("Comments in hearings"),
    description=_(
        "What people said in hearings, covered as everybody reads it. Those who spoke chose themselves."
    ),
    columns=(
        _column("number", _("Comment"), _("Number of the comment."), "integer", lambda row: row.pk),
        _column(
            "reference", _("Hearing"), _("Number of the hearing."), "code", lambda row: row.matter.reference
        ),
        _column(
            "written_at",
            _("When"),
            _("When it was said, or written down."),
            "datetime",
            lambda row: row.written_at,
        ),
        _column(
            "version",
            _("Version"),
            _("Version of the text it is about; 0: none."),
            "integer",
            lambda row: row.version,
        ),
        _column(
            "provision",
            _("Part"),
            _("Id of the part of the text it is about; empty: the whole."),
            "code",
            lambda row: row.provision,
        ),
        _column("quote", _("Words"), _("Words of the text it is about."), "text", lambda row: row.quote),
        _column("text", _("Comment"), _("What was said."), "text", lambda row: row.public_text),
        _column(
            "suggestion",
            _("Wording"),
            _("The wording suggested instead."),
            "text",
            lambda row: row.suggestion,
        ),
        _column("channel", _("By"), _("By which way it came."), "code", lambda row: row.channel),
    ),
    key=("number",),
    rows=_comment_rows,
    filters=(Filter(name="hearing", title=_("Number of the hearing")),),
)
