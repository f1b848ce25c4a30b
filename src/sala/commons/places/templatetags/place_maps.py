"""Small maps for any page that shows one place."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sala.commons.places import queries

register = template.Library()


@register.simple_tag
def spot_map(latitude: float | None, longitude: float | None, area: str) -> SafeString:
    """The surroundings of a point, or of the middle of an area where there is none; "" where nothing is known."""
    language = get_language() or "th"
    path = queries.area_path(area)
    name = path.label(language) if path else ""
    is_point = latitude is not None and longitude is not None
    if not is_point:
        latitude, longitude = (path.areas[0].latitude, path.areas[0].longitude) if path else (None, None)
    if latitude is None or longitude is None:
        return mark_safe("")
    title = (_("Map: a point in %(area)s") if is_point else _("Map: the middle of %(area)s")) % {"area": name}
    least = 0.25 if is_point or len(area) > 2 else 2.5
    marks = [queries.Mark(latitude, longitude, "", "now", title)]
    svg = queries.draw_map(marks, language=language, title=title, width=420, height=240, least=least)
    return mark_safe(svg)  # noqa: S308  # draw_map escapes every word it draws
