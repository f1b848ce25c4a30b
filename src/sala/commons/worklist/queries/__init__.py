"""The lists officers work from: what must be done today first, by deadline; of one kind of matter or of every kind.

Wherever a `kind` is asked for, "" stands for every kind that somebody works on: one list, in the order of dates.
"""

from sala.commons.worklist.permissions import READERS
from sala.commons.worklist.queries.counts import Counted, count_kinds, count_views, values_of
from sala.commons.worklist.queries.kept import (
    Around,
    Kept,
    around,
    export_saved_views,
    kept_address,
    kept_list,
    list_saved_views,
    remember_list,
)
from sala.commons.worklist.queries.lists import (
    NEWEST,
    PAGE,
    Inbox,
    Neighbours,
    get_inbox,
    get_neighbours,
    list_rows,
)
from sala.commons.worklist.queries.wanted import (
    KEPT_NAMES,
    LAST_PAGE,
    NEAR,
    UNASSIGNED,
    Wanted,
    kind_of,
    kinds_worked_on,
    list_address,
    page_of,
    public_page_of,
    require_agency,
    view_codes,
    wanted_of,
    worklist_of,
)

__all__ = [
    "Around",
    "Counted",
    "Inbox",
    "KEPT_NAMES",
    "Kept",
    "LAST_PAGE",
    "NEAR",
    "NEWEST",
    "Neighbours",
    "PAGE",
    "READERS",
    "UNASSIGNED",
    "Wanted",
    "around",
    "count_kinds",
    "count_views",
    "export_saved_views",
    "get_inbox",
    "get_neighbours",
    "kept_address",
    "kept_list",
    "kind_of",
    "kinds_worked_on",
    "list_address",
    "list_rows",
    "list_saved_views",
    "page_of",
    "public_page_of",
    "remember_list",
    "require_agency",
    "values_of",
    "view_codes",
    "wanted_of",
    "worklist_of",
]
