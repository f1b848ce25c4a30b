"""Charts as SVG for pages and files: one hand for all pictures, colours by stylesheet, a table beside each."""

from sala.engines.charts.bars import Bar, bars, columns, share_bars
from sala.engines.charts.chart import Cell, Chart, Language, Table, table_of
from sala.engines.charts.drawing import Drawing
from sala.engines.charts.maps import Area, choropleth, quantile_breaks
from sala.engines.charts.scales import (
    ChartError,
    Scale,
    Value,
    check,
    figure,
    nice_ticks,
    per_cent,
    scale_for,
)
from sala.engines.charts.series import Dot, Series, lines, scatter
from sala.engines.charts.spans import Median, Span, medians, timeline
from sala.engines.charts.style import SERIES, SHADES, STANDALONE_STYLE, STYLE
from sala.engines.charts.text import clusters, measure, printable, shorten, wrap
from sala.engines.charts.treemaps import Part, Place, squarify, treemap

__all__ = [
    "SERIES",
    "SHADES",
    "STANDALONE_STYLE",
    "STYLE",
    "Area",
    "Bar",
    "Cell",
    "Chart",
    "ChartError",
    "Dot",
    "Drawing",
    "Language",
    "Median",
    "Part",
    "Place",
    "Scale",
    "Series",
    "Span",
    "Table",
    "Value",
    "bars",
    "check",
    "choropleth",
    "clusters",
    "columns",
    "figure",
    "lines",
    "measure",
    "medians",
    "nice_ticks",
    "per_cent",
    "printable",
    "quantile_breaks",
    "scale_for",
    "scatter",
    "share_bars",
    "shorten",
    "squarify",
    "table_of",
    "timeline",
    "treemap",
    "wrap",
]
