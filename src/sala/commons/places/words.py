"""What a person reads about places: refusals, and how sure we are of a place."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REFUSALS: dict[str, Promise] = {
    "area_unknown": gettext_lazy("We know no such area. Choose it from the list."),
    "no_area_table": gettext_lazy("None of these tables has the columns of a table of areas."),
    "half_a_position": gettext_lazy("The position is incomplete. Choose the point again."),
    "point_at_zero": gettext_lazy(
        "The position is 0, 0: the device did not know where it was. Choose the point again."
    ),
    "point_swapped": gettext_lazy(
        "Latitude and longitude seem to be exchanged. Put them the other way round."
    ),
    "point_outside": gettext_lazy("That point lies outside Thailand. Choose it again, or leave it out."),
}
