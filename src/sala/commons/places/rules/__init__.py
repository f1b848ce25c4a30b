"""Decisions about places: how tables are read, what a point or a few words mean, how much of a point is shown."""

from sala.commons.places.rules.coordinates import find_point
from sala.commons.places.rules.gazetteer import AreaPath, AreaView, Gazetteer, gazetteer_of
from sala.commons.places.rules.names import Match, NameIndex, Reading
from sala.commons.places.rules.pictures import (
    Frame,
    Mark,
    Name,
    Shade,
    draw_choropleth,
    draw_ground,
    draw_map,
    frame_around,
    shade_by,
)
from sala.commons.places.rules.points import (
    Ground,
    PlaceOfPoint,
    Shape,
    Sureness,
    kilometres,
    nearest_first,
    problem_of_point,
)
from sala.commons.places.rules.shown import Shown, shown_point
from sala.commons.places.rules.tables import (
    AreaReading,
    AreaRow,
    AreaTable,
    Difference,
    UnknownLayout,
    compare_areas,
    layout_of,
    read_area,
    read_area_tables,
    same_name,
)

__all__ = [
    "AreaPath",
    "AreaReading",
    "AreaRow",
    "AreaTable",
    "AreaView",
    "Difference",
    "Gazetteer",
    "Ground",
    "Match",
    "NameIndex",
    "PlaceOfPoint",
    "Reading",
    "Shape",
    "Shown",
    "Sureness",
    "UnknownLayout",
    "Frame",
    "Mark",
    "Name",
    "Shade",
    "compare_areas",
    "draw_choropleth",
    "draw_ground",
    "draw_map",
    "frame_around",
    "shade_by",
    "find_point",
    "gazetteer_of",
    "kilometres",
    "layout_of",
    "nearest_first",
    "problem_of_point",
    "read_area",
    "read_area_tables",
    "same_name",
    "shown_point",
]
