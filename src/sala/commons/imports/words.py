"""Imports in words: why a row was refused, what was found in reading, what of a run stayed."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.commons.imports import slots
from sala.platform.registration import Words

REFUSALS: dict[str, Words] = {
    "import_running": gettext_lazy(
        "Another table is being brought in just now. Try again when it has landed."
    ),
    "run_not_found": gettext_lazy("There is no import of that number."),
    "run_undone": gettext_lazy("This import was undone before."),
    "run_stays": gettext_lazy("A table of this sort cannot be taken back: dates and laws rest on it."),
    "table_too_long": gettext_lazy("The table has more rows than can land at once. Part it into several."),
}

EVENTS: dict[str, Words] = {
    "imports.run_undone": gettext_lazy("What an import had added was taken away again"),
}

_REASONS: dict[str, Words] = {
    "missing": gettext_lazy("This cell must not be empty"),
    "unknown_value": gettext_lazy("The mapping does not say what this means"),
    "unknown_code": gettext_lazy("There is nothing of this code here"),
    "unknown_kind": gettext_lazy("There is no such kind of office"),
    "unknown_channel": gettext_lazy("There is no such way to reach an office"),
    "unknown_office": gettext_lazy("There is no such office here, and the mapping does not let one be made"),
    "several_offices": gettext_lazy(
        "Several offices bear this name; write the code of the one that is meant"
    ),
    "not_a_code": gettext_lazy("A code has only letters a to z, digits, - and _, at most 40"),
    "not_a_date": gettext_lazy("This is no day"),
    "not_a_time": gettext_lazy("This is no day or time that the mapping describes"),
    "unlikely_year": gettext_lazy("A year that can hardly be meant"),
    "day_not_come": gettext_lazy("This day is still to come; if that is right, write allow_future = true"),
    "before_it_begins": gettext_lazy("It ends before it begins"),
    "before_it_was_opened": gettext_lazy("It was closed before it was opened"),
    "number_was_rounded": gettext_lazy(
        "A spreadsheet has rounded this number; format the column as text and export it again"
    ),
    "not_a_number": gettext_lazy("This is no number of days"),
    "not_whole": gettext_lazy("This is no whole number"),
    "not_money": gettext_lazy("This is no amount of money"),
    "too_large": gettext_lazy("More than can be meant"),
    "not_degrees": gettext_lazy("These are no degrees"),
    "not_hours": gettext_lazy("These are no opening hours"),
    "point_at_zero": gettext_lazy("The point 0,0 lies in the sea; leave it empty if the place is not known"),
    "point_outside": gettext_lazy("The point lies outside the country"),
    "point_swapped": gettext_lazy("Latitude and longitude are exchanged"),
    "half_a_position": gettext_lazy("One half of the position is missing"),
    "too_long": gettext_lazy("Longer than what can be kept"),
    "repeated": gettext_lazy("This row stands in the table twice; the first one counts"),
    "not_text": gettext_lazy("There are signs in it that are no text"),
    "too_many_cells": gettext_lazy("There are more cells than columns"),
    "not_an_area_code": gettext_lazy("An area has a code of 2, 4 or 6 digits"),
    "containing_area_unknown": gettext_lazy("The area that contains it is not known"),
    "contains_itself": gettext_lazy("An office cannot stand below itself"),
}

_STAYED: dict[str, Words] = {
    "worked_on": gettext_lazy("somebody has worked on it since"),
    "in_use": gettext_lazy("something else rests on it"),
    "changed_since": gettext_lazy("it was changed since"),
}


def reason(code: str) -> str:
    """Why a row was refused; the code itself for one that nobody has put into words."""
    return str(_REASONS.get(code, code))


def stayed(code: str) -> str:
    """Why something that an undone run added stays."""
    return str(_STAYED.get(code, code))


def note(code: str, what: str, rows: int) -> str:
    """What whoever imports should know of a table."""
    words = {
        "unknown_topic": _("“%(what)s” is no kind of matter of ours and becomes “other”: %(rows)d rows"),
        "unknown_channel": _("“%(what)s” is no way of filing that we know: %(rows)d rows"),
        "lines_not_understood": _("Lines of %(what)s that were not understood: %(rows)d"),
        "new_office": _("A new office: %(what)s"),
        "like_office": _("Perhaps the same office: %(what)s"),
        "point_left_out": _("The point 0,0 was left out: %(rows)d rows"),
        "unknown_table": _("%(what)s was left out: its columns are not those of areas"),
        "differs": _("The tables disagree about %(rows)d areas; the first table counts"),
    }.get(code)
    return words % {"what": what, "rows": rows} if words else f"{code}: {what} ({rows})"


def read_as(code: str, what: str) -> str:
    """What was found by looking while a table was read."""
    named = {"\t": _("tabs"), "cp874": "TIS-620 (Windows-874)", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
    words = {
        "encoding": _("The text is read as %(what)s"),
        "delimiter": _("The cells are parted by %(what)s"),
        "sheet": _("The sheet that is read is %(what)s"),
        "header": _("The header is found on line %(what)s"),
    }[code]
    return words % {"what": named.get(what, what)}


def unnamed(columns: int) -> str:
    """That columns without a name were left out."""
    return _("Columns without a name, left out: %(count)d") % {"count": columns}


def title(importer: str) -> str:
    """What an import brought in; the importer's own name where there is none of it any more."""
    found = slots.importers.get(importer)
    return str(found.title) if found else importer


def state(run: Any) -> tuple[str, str]:
    """How an import stands, in words, and the colour of the tag."""
    if run.undone_at is not None:
        return _("Undone"), "still"
    if run.ended_at is None:
        return _("Not finished"), "wait"
    if run.refused:
        return _("Landed, some rows refused"), "wait"
    return _("Landed"), "ok"
