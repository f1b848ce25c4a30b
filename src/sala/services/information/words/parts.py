"""What parts of a request are called, on the page where a moderator covers them."""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "": _("What was asked"),
    "where": _("Where it may be found"),
    "answer": _("An answer of the office"),
    "reason": _("A reason for not giving something"),
    "title": _("Title of a file"),
    "message": _("What was written"),
    "above": _("What was written to the Board"),
}


def part_name(code: str) -> str:
    """The name of a part; of answers, with their number."""
    name, _dash, number = code.partition("-")
    return f"{PARTS[name]} ({number})" if name == "answer" else str(PARTS[name])
