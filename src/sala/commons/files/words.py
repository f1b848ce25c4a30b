"""What codes of files are called on a page, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sala.commons.files.rules import Wish

REFUSALS = {
    "too_many_files": _("Five files at most. Remove one first."),
    "file_too_large": _("That file is larger than 10 MB. Send a smaller one."),
    "picture_too_large": _("That picture has too many pixels. Send a smaller one."),
    "file_kind_not_taken": _("We take pictures (JPEG, PNG, WebP) and PDF. This file is none of them."),
    "file_locked": _("That PDF is locked by a password. Send one that opens."),
    "file_costs_too_much": _(
        "That file is too complicated to be read safely. Send a photograph or a scan of it."
    ),
    "no_room": _(
        "There is no room for files just now. Nothing is lost: go on without the file, or send it later."
    ),
    "file_gone": _("This file is not here any more, or it is not yours to take back."),
    "nothing_to_cover": _("Choose at least one square to cover."),
    "only_pictures_are_covered": _(
        "Only pictures can be covered here. Take the document back, and add a covered one."
    ),
}

WISHES = {
    Wish.PUBLIC: _("Everyone, at once"),
    Wish.REVIEW: _("Everyone, after a moderator has looked and covered faces and number plates"),
    Wish.OFFICE: _("Only the office"),
}


def wish(code: str) -> str:
    """Who may see a file, in words."""
    return str(WISHES[Wish(code)])


def left_out(count: int) -> str:
    """What stands below the words of a letter some of whose files could not be kept; "" for none."""
    said = ngettext(
        "[%(n)d file of this letter was not kept: only pictures and PDF that can be read safely are.]",
        "[%(n)d files of this letter were not kept: only pictures and PDF that can be read safely are.]",
        count,
    )
    return said % {"n": count} if count else ""
