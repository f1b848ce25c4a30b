"""Writes the pages of docs that are made from the code: every event, every slot, the picture of the floors;
and the OpenAPI document that was promised.

`make docs` runs it; tests/shape/test_docs.py says when a page is no longer what it would write.
"""

import ast
import configparser
import dataclasses
import importlib
import inspect
import json
import os
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "sala"
MADE = "Written by `make docs`; do not edit."


def boxes() -> list[str]:
    """Every box that may have events, actions and slots: "sala.commons.ledger" and so on."""
    found = [
        f"sala.{floor}.{box.name}"
        for floor in ("commons", "services")
        for box in sorted((SOURCE / floor).iterdir())
        if (box / "__init__.py").is_file()
    ]
    return sorted(found)


def room(box: str, name: str) -> ModuleType | None:
    """A room of a box, if it has it."""
    path = SOURCE.joinpath(*box.split(".")[1:], name)
    has_it = path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
    return importlib.import_module(f"{box}.{name}") if has_it else None


# ── events ───────────────────────────────────────────────────────────────────


def events() -> dict[str, list[type]]:
    """The events of each box, in the order they are written down."""
    found = {}
    for box in boxes():
        module = room(box, "events")
        if module is not None:
            # A box of several kinds of matter has a package of events, a module for each.
            classes = [
                c
                for _, c in inspect.getmembers(module, inspect.isclass)
                if f"{c.__module__}.".startswith(f"{module.__name__}.")
            ]
            found[box] = sorted(classes, key=lambda c: (c.__module__, inspect.getsourcelines(c)[1]))
    return found


def recorders() -> dict[str, set[str]]:
    """Class name of an event -> the actions that leave it, as box.function."""
    found: dict[str, set[str]] = defaultdict(set)
    for box in boxes():
        for module in _action_modules(box):
            for name, told in _told_by_function(module).items():
                for event in told:
                    found[event].add(f"{box.rpartition('.')[2]}.{name}")
    return found


def _action_modules(box: str) -> Iterator[ModuleType]:
    actions = room(box, "actions")
    if actions is None:
        return
    yield actions
    for found in pkgutil.iter_modules(getattr(actions, "__path__", ())):
        yield importlib.import_module(f"{actions.__name__}.{found.name}")


def _told_by_function(module: ModuleType) -> dict[str, set[str]]:
    """Public function -> the events it names, itself or by a private function of its module."""
    tree = ast.parse(inspect.getsource(module))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}

    def told(name: str, seen: frozenset[str]) -> set[str]:
        names = set()
        for node in ast.walk(ast.Module(functions[name].body, [])):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "events":
                names.add(node.attr)
            elif isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
                names |= told(node.id, seen | {node.id})
        return names

    return {name: told(name, frozenset({name})) for name in functions if not name.startswith("_")}


def listeners(kind: str) -> list[str]:
    """Names of the listeners that hear a kind."""
    from sala.commons.ledger.subscriptions import ANY_KIND, OF_MATTERS, list_subscriptions
    from sala.commons.matters import slots

    perhaps = "" if kind.partition(".")[0] in slots.kinds else " (if of a matter)"
    return [
        s.name + (perhaps if s.kind == OF_MATTERS else "")
        for s in list_subscriptions()
        if s.kind in (ANY_KIND, OF_MATTERS, kind)
    ]


def _fields(event: type) -> str:
    shared = {"matter", "agency", "area"}
    own = [f"`{f.name}` {_type(f)}" for f in dataclasses.fields(event) if f.name not in shared]
    return ", ".join(own) or "–"


def _type(field: "dataclasses.Field[object]") -> str:
    plain = isinstance(field.type, type) and not hasattr(field.type, "__args__")
    return (field.type.__name__ if plain else str(field.type)).replace("|", "\\|")


def events_page() -> str:
    """docs/EVENTS.md."""
    left = recorders()
    lines = [
        "# Every event",
        "",
        "What the public ledger records, by box. Each also carries `matter` (a reference), `agency` and `area`",
        "(codes), each of them possibly empty, and none carries personal data. *Left by*: the actions after which",
        "it stands there; *heard by*: the listeners of `src/sala/site/subscriptions.py`.",
        MADE,
    ]
    for box, classes in events().items():
        lines += [
            "",
            f"## {box.rpartition('.')[2]}",
            "",
            "| kind | when | public fields | left by | heard by |",
        ]
        lines.append("|---|---|---|---|---|")
        for event in classes:
            when = " ".join((inspect.getdoc(event) or "").split())
            by = ", ".join(f"`{name}`" for name in sorted(left[event.__name__])) or "–"
            heard = ", ".join(f"`{name}`" for name in listeners(event.kind)) or "–"
            lines.append(f"| `{event.kind}` | {when} | {_fields(event)} | {by} | {heard} |")
    return "\n".join(lines) + "\n"


# ── slots ────────────────────────────────────────────────────────────────────


@dataclasses.dataclass(frozen=True)
class Slot:
    """A slot: its name, its type as written, what the comment above it says."""

    box: str
    name: str
    kind: str
    words: str


def slots() -> list[Slot]:
    """Every slot that a lower box offers, in the order they are written down."""
    found = []
    for box in boxes():
        module = room(box, "slots")
        if module is None:
            continue
        source = inspect.getsource(module)
        rows = source.splitlines()
        for node in ast.parse(source).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                words = _comment_above(rows, node.lineno - 1)
                found.append(Slot(box, node.target.id, ast.unparse(node.annotation), words))
    return found


def _comment_above(rows: list[str], at: int) -> str:
    """The comment before a line; a slot right below another shares its comment."""
    while at > 0 and rows[at - 1] and not rows[at - 1].startswith("#"):
        at -= 1
    words: list[str] = []
    while at > 0 and rows[at - 1].startswith("#"):
        at -= 1
        words.insert(0, rows[at].removeprefix("#").strip())
    return " ".join(words)


def slots_page() -> str:
    """docs/SLOTS.md."""
    lines = [
        "# Every slot",
        "",
        "A lower floor that needs an upper one offers a slot; `src/sala/site/subscriptions.py` fills it when the",
        "site starts.",
        MADE,
        "",
        "| slot | type | what it is for |",
        "|---|---|---|",
    ]
    for slot in slots():
        kind = slot.kind.replace("|", "\\|")
        words = slot.words.replace("|", "\\|")
        lines.append(f"| `{slot.box.rpartition('.')[2]}.slots.{slot.name}` | `{kind}` | {words} |")
    return "\n".join(lines) + "\n"


# ── the picture ──────────────────────────────────────────────────────────────

INK, PAPER, LINE, GOLD, SOFT, QUIET = "#17203f", "#faf8f3", "#8a8fa6", "#8a5a00", "#ffffff", "#4a5170"
BAND, BAND_LINE = "#f1ecdf", "#d8cfb8"
FLOOR_SAYS = {
    "cli": "the command line: entrance, engines, imports, processes",
    "demonstration": "the stage and its play",
    "serving": "processes, health, backups",
    "site": "settings, addresses, the one list of boxes, who hears what",
    "design": "how pages look: frame, parts, tags, styles, scripts",
    "platform": "plumbing of Django and PostgreSQL",
    "services": "what a person comes for; none imports another",
    "commons": "what every service stands on",
    "engines": "pure computing, usable alone from the command line",
    "core": "small things every floor may use; pure",
}
SITE_SHOWS = ["urls", "views", "api", "boxes", "subscriptions"]
# Floors whose modules are told in words instead of as chips: they are many and no boxes.
WITHOUT_CHIPS = ("cli", "demonstration", "serving", "design", "platform")
# Which step of the sentence happens in which room.
STEPS = {"urls": "1", "actions": "2", "rules": "3", "models": "4", "ledger": "5", "subscriptions": "6"}
ROOMS = ["doors", "actions", "rules", "models"]
SENTENCE = (
    ("A request enters at the top,", "a door: parse, call one, render"),
    ("an action decides", "permit, load and lock, decide"),
    ("with pure rules,", "could a citizen dispute it?"),
    ("writes once,", "one transaction"),
    ("leaves a ledger entry,", "no personal data: a commitment"),
    ("and announces a fact.", "listeners hear it after the commit"),
)
PROCESSES = (
    ("web", "pages, /api, /open311"),
    ("stream", "/live"),
    ("worker", "listeners, jobs"),
    ("sequencer", "positions, signature"),
)


def floors() -> dict[str, list[str]]:
    """Floor -> its boxes, as the import contracts order them and as far as they are built."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    order = _names(contracts["importlinter:contract:commons"]["layers"])
    found = {}
    for floor in _names(contracts["importlinter:contract:floors"]["layers"]):
        inside = sorted(m.name for m in pkgutil.iter_modules([str(SOURCE / floor)]))
        found[floor] = SITE_SHOWS if floor == "site" else [] if floor in WITHOUT_CHIPS else inside
    # A box that the contract does not order yet stands last; the contract itself complains.
    found["commons"].sort(key=lambda name: order.index(name) if name in order else len(order))
    return found


def _names(layers: str) -> list[str]:
    return re.findall(r"[a-z_]+", layers)


def _text(x: float, y: float, words: str, *, size: int = 14, colour: str = INK, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{more}>{escape(words)}</text>'


def _box(x: float, y: float, width: float, height: float, *, fill: str = SOFT, line: str = LINE) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" fill="{fill}" stroke="{line}"/>'


def _number(x: float, y: float, number: str) -> list[str]:
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="11" fill="{INK}"/>'
    return [
        circle,
        _text(x, y + 4.5, number, size=12, colour=SOFT, more=' text-anchor="middle" font-weight="700"'),
    ]


def _chips(
    x: float, y: float, names: list[str], *, between: str = "", until: float = 640
) -> tuple[list[str], float]:
    """Names side by side from x on, as far as there is room; where the last one ends."""
    parts: list[str] = []
    for place, name in enumerate(names):
        width = 16 + 7.4 * len(name)
        if x + width > until:
            parts.append(_text(x + 2, y + 19, "…"))
            break
        parts += [
            _box(x, y, width, 28),
            _text(x + width / 2, y + 19, name, size=12, more=' text-anchor="middle"'),
        ]
        if name in STEPS:
            parts += _number(x + width - 2, y - 2, STEPS[name])
        x += width + (22 if between else 10)
        if between and place < len(names) - 1:
            parts.append(_text(x - 15, y + 19, between, colour=GOLD))
    return parts, x


def _height(inside: list[str]) -> int:
    """The room a floor takes in the picture, the gap below it included."""
    return 86 if inside else 46


def _floor(y: float, name: str, inside: list[str]) -> list[str]:
    parts = [_box(40, y, 640, _height(inside) - 8, fill=BAND, line=BAND_LINE)]
    parts.append(_text(54, y + 24, name, size=16, more=' font-weight="700"'))
    parts.append(_text(158, y + 24, FLOOR_SAYS[name], size=12, colour=QUIET))
    chips, x = _chips(54, y + 38, inside, between="›" if name == "commons" else "")
    if name == "services":
        parts.append(_text(x + 40, y + 57, "in each box:", size=12, colour=QUIET))
        rooms, _ = _chips(x + 122, y + 38, ROOMS)
        chips += rooms
    return parts + chips


def _imports_point_down() -> list[str]:
    turned = ' transform="rotate(-90 24 240)" text-anchor="middle"'
    arrow = f'<path d="M30 40V436m-6 -10l6 10l6 -10" stroke="{GOLD}" stroke-width="2" fill="none"/>'
    return [arrow, _text(24, 240, "imports", size=12, colour=GOLD, more=turned)]


def _sentence() -> list[str]:
    parts = [
        _box(700, 20, 244, 422, line=GOLD),
        _text(716, 48, "The sentence", size=16, more=' font-weight="700"'),
    ]
    for place, (words, more) in enumerate(SENTENCE):
        y = 84 + place * 62
        parts += [*_number(728, y - 4, str(place + 1)), _text(748, y, words, size=13)]
        parts.append(_text(748, y + 18, more, size=11, colour=QUIET))
    return parts


def _processes(y: float) -> list[str]:
    parts = [_text(40, y + 14, "Processes", size=16, more=' font-weight="700"')]
    parts.append(
        _text(148, y + 14, "each may run many times and be killed at any moment", size=12, colour=QUIET)
    )
    parts.append(f'<path d="M48 {y + 44}v-16h318v16" stroke="{GOLD}" stroke-width="2" fill="none"/>')
    parts.append(_text(374, y + 36, "one port", size=12, colour=GOLD))
    for place, (name, words) in enumerate(PROCESSES):
        x = 40 + place * 172
        parts += [_box(x, y + 44, 160, 54), _text(x + 12, y + 66, name, more=' font-weight="700"')]
        parts.append(_text(x + 12, y + 86, words, size=11, colour=QUIET))
        parts.append(f'<path d="M{x + 80} {y + 98}v14" stroke="{LINE}"/>')
    parts.append(f'<path d="M120 {y + 112}H812V{y + 100}" stroke="{LINE}" fill="none"/>')
    shape = f"M747 {y + 44}v46c0 14 130 14 130 0v-46c0-14-130-14-130 0c0 14 130 14 130 0"
    parts.append(f'<path d="{shape}" fill="{SOFT}" stroke="{INK}"/>')
    parts.append(_text(812, y + 80, "PostgreSQL", size=13, more=' text-anchor="middle" font-weight="700"'))
    return parts


def picture() -> str:
    """docs/pictures/architecture.svg: on its own paper, so that it reads the same on light and on dark."""
    parts = [_box(1, 1, 958, 718, fill=PAPER, line=BAND_LINE), *_imports_point_down()]
    y = 20
    for name, inside in floors().items():
        parts += _floor(y, name, inside)
        y += _height(inside)
    parts += [*_sentence(), *_processes(468)]
    told = "; ".join(f"{name}: {', '.join(inside)}" for name, inside in floors().items())
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 720" role="img" aria-labelledby="title told"'
        ' font-family="system-ui, -apple-system, Segoe UI, Noto Sans, sans-serif">'
    )
    title = '<title id="title">The floors of Sala, the way of a request, and the processes</title>'
    return "\n".join(
        [head, title, f'<desc id="told">Imports point down. {escape(told)}</desc>', *parts, "</svg>", ""]
    )


def openapi() -> str:
    """tests/conformance/openapi.json: the document for programs, in a form that shows differences by line."""
    document = importlib.import_module("sala.site.api").api.get_openapi_schema(path_prefix="/api/")
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def chart_styles() -> str:
    """The stylesheet of charts on pages: the kit's own, so that no page's colours drift from a file's."""
    style: str = importlib.import_module("sala.engines.charts").STYLE
    return f"/* {MADE} */\n{style}"


PAGES: dict[str, Callable[[], str]] = {
    "src/sala/design/static/charts.css": chart_styles,
    "docs/EVENTS.md": events_page,
    "docs/SLOTS.md": slots_page,
    "docs/pictures/architecture.svg": picture,
    "tests/conformance/openapi.json": openapi,
}


def main() -> None:
    """Write every page that differs, and say which."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.site.typecheck_settings")
    sys.path.insert(0, str(ROOT / "src"))
    importlib.import_module("django").setup()
    for name, page in PAGES.items():
        path, text = ROOT / name, page()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
