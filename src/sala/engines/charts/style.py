"""The stylesheet of all charts: one place for colours, light and dark, for a page or inside a stand-alone file."""

from collections.abc import Mapping

from sala.engines.charts.drawing import SIZES

# Series colours are told apart by colour-blind eyes too, and stand out from both papers (3:1 and more). A page may
# set the variables itself; a stand-alone file follows the reader's setting.
_LIGHT = {
    "paper": "#ffffff",
    "ink": "#1a1b20",
    "soft": "#55565e",
    "rule": "#d9d5ca",
    "band": "#8d8778",
    "none": "#e8e5dd",
    "on": "#ffffff",
    "1": "#24376f",
    "2": "#c2410c",
    "3": "#007a5a",
    "4": "#8a4b8c",
    "5": "#7a6000",
    "6": "#5b6470",
}
_DARK = {
    "paper": "#14151a",
    "ink": "#f1efe9",
    "soft": "#b9b7b0",
    "rule": "#3b3c44",
    "band": "#8b897f",
    "none": "#2a2b31",
    "on": "#14151a",
    "1": "#9db4ff",
    "2": "#ff9d6b",
    "3": "#4fd1a5",
    "4": "#d79bd9",
    "5": "#d9be4a",
    "6": "#a7b0bd",
}
SERIES = 6
SHADES = 5  # of a choropleth, from little to much
_OPACITIES = (0.15, 0.35, 0.55, 0.78, 1.0)


def _shapes() -> list[str]:
    """Sizes, weights and dashes: the same on light and dark paper."""
    return [
        ".ch{font-family:'IBM Plex Sans Thai Looped','Noto Sans Thai Looped',Sarabun,sans-serif;"
        "max-width:100%;height:auto}",
        *(f".ch-{name}{{font-size:{size}px}}" for name, size in SIZES.items()),
        ".ch-title,.ch-head,.ch-strong{font-weight:600}",
        ".ch-axis,.ch-grid{stroke-width:1;fill:none}",
        ".ch-limit{stroke-width:2}",
        ".ch-dashed{stroke-dasharray:6 5}",
        ".ch-area{stroke-width:.5}",
        ".ch-seen{fill-opacity:.75}",
        ".ch-field{fill-opacity:.1;stroke-width:1.5;stroke-linejoin:round}",
        ".ch-halo{font-weight:700;paint-order:stroke;stroke-width:6px}",
        *(f".ch-line-{number}{{stroke-width:2.5;fill:none}}" for number in range(1, SERIES + 1)),
        # An open mark differs from a full one without any colour.
        *(f".ch-open-{number}{{fill:none}}" for number in range(1, SERIES + 1)),
        *(f".ch-shade-{shade}{{fill-opacity:{one:g}}}" for shade, one in enumerate(_OPACITIES, start=1)),
    ]


def _colours(of: Mapping[str, str]) -> list[str]:
    """What has a colour; `of` gives it by name."""
    rules = [
        f".ch-paper{{fill:{of['paper']}}}",
        f".ch text{{fill:{of['ink']}}}",
        f".ch .ch-soft{{fill:{of['soft']}}}",
        # Words on a box of a series' colour; a page's paper may let through what lies below it, this does not.
        f".ch .ch-on{{fill:{of['on']}}}",
        f".ch-band{{fill:{of['band']}}}",
        f".ch-axis,.ch-limit{{stroke:{of['ink']}}}",
        f".ch-grid{{stroke:{of['rule']}}}",
        f".ch-none{{fill:{of['none']}}}",
        f".ch-area,.ch .ch-halo{{stroke:{of['paper']}}}",
    ]
    for number in map(str, range(1, SERIES + 1)):
        rules.append(f".ch .ch-fill-{number}{{fill:{of[number]}}}")
        rules.append(f".ch-edge-{number},.ch-line-{number},.ch-open-{number}{{stroke:{of[number]}}}")
    return [*rules, *(f".ch-shade-{shade}{{fill:{of['1']}}}" for shade in range(1, SHADES + 1))]


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--chart-{name}:{colour};" for name, colour in colours.items())


_DARK_PAPER = "@media (prefers-color-scheme: dark)"
# For a page's stylesheet. It may set --chart-1 and the others itself.
STYLE = "\n".join(
    [
        f":root{{{_variables(_LIGHT)}}}",
        f"{_DARK_PAPER}{{:root{{{_variables(_DARK)}}}}}",
        *_shapes(),
        *_colours({name: f"var(--chart-{name})" for name in _LIGHT}),
        "",
    ]
)
# For a file of its own: written out, because many programs that show SVG know no variables.
STANDALONE_STYLE = "\n".join([*_shapes(), *_colours(_LIGHT), f"{_DARK_PAPER}{{", *_colours(_DARK), "}", ""])
