"""What templates say of lists of work."""

from datetime import date, datetime

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sala.commons.worklist import words
from sala.core import dates, working_time
from sala.platform.registration import Words
from sala.platform.worklist import Line

register = template.Library()


@register.filter
def last_day(at: datetime | None) -> date | None:
    """The last day that is in time for an instant: what is due at midnight is due the day before."""
    return working_time.day_of(at) if at else None


@register.inclusion_tag("worklist/keys_dialog.html")
def keys_dialog(kind: str = "") -> dict[str, list[tuple[str, Words]]]:
    """The help that `?` opens: which key does what to a kind of matter, or to every kind."""
    return {"act_keys": words.act_keys(kind)}


@register.simple_tag
def beside_the_day(line: Line) -> str:
    """What a tag beside the last day of a line says; "" for nothing.

    Lists of some kinds tell the day itself where others tell how long it is until then: beside the day that would be
    the same day again.
    """
    words, colour = line.left
    day = last_day(line.due_at)
    if not colour or day is None or words != dates.format_date(day, language=get_language() or "th"):
        return words if colour else ""
    return {"late": _("late"), "wait": _("soon due")}.get(colour, "")
