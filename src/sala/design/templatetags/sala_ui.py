"""The parts pages are built of. `/style` (in the demo) shows each of them in use, with what to write."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import get_template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sala.core import clock
from sala.core.clock import BANGKOK
from sala.core.dates import format_date, format_instant
from sala.core.money import format_baht
from sala.core.phones import dial
from sala.design import slots

register = template.Library()


def _language() -> str:
    return get_language() or "th"


# ── words and figures ────────────────────────────────────────────────────────


def _machine(value: date) -> str:
    local = value.astimezone(BANGKOK) if isinstance(value, datetime) else value
    return local.isoformat(timespec="seconds") if isinstance(local, datetime) else local.isoformat()


def _time(value: date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', _machine(value), text)


def _day(value: date) -> date:
    return value.astimezone(BANGKOK).date() if isinstance(value, datetime) else value


@register.simple_tag
def phone(told: str, hidden: str = "") -> SafeString:
    """A telephone number to touch, that no line ends within; `hidden` is said before it to who does not see it.

    Words in which no number is whole stay words.
    """
    shown = told.replace(" ", "\u00a0")
    before = format_html('<span class="hide">{} </span>', hidden) if hidden else ""
    address = dial(told)
    if not address:
        return format_html('<span class="num">{}{}</span>', before, shown)
    return format_html('<a class="num" href="{}">{}{}</a>', address, before, shown)


@register.filter
def thai_date(value: date | None, style: str = "medium") -> str:
    """A date with its machine form: `22 พ.ย. 2569`; styles short, long and formal as in core.dates."""
    return _time(value, format_date(_day(value), style=style, language=_language())) if value else ""


@register.filter
def thai_datetime(value: datetime | None) -> str:
    """A date and time of day: `22 พ.ย. 2569 09:41 น.`."""
    return _time(value, format_instant(value, language=_language())) if value else ""


@register.filter
def thai_time(value: datetime | None) -> str:
    """Only the time of day, the full instant for machines: `09:41 น.`."""
    if not value:
        return ""
    return _time(value, f"{value.astimezone(BANGKOK):%H:%M}" + (" น." if _language() == "th" else ""))


@register.filter
def thai_lately(value: datetime | None) -> str:
    """The time of day today, with the date on any other day: `09:41 น.`, `21 พ.ย. 21:40 น.`."""
    if not value:
        return ""
    if _day(value) == _day(clock.now()):
        return thai_time(value)
    day, month, _year = format_date(_day(value), style="short", language=_language()).split(" ")
    return _time(
        value,
        f"{day}\u00a0{month} {value.astimezone(BANGKOK):%H:%M}" + ("\u00a0น." if _language() == "th" else ""),
    )


@register.filter
def with_code(text: str) -> SafeString:
    """Words between `backticks` as code."""
    parts = (f"<code>{escape(p)}</code>" if n % 2 else escape(p) for n, p in enumerate(text.split("`")))
    return mark_safe("".join(parts))  # each part was escaped


@register.filter
def unbroken(text: str) -> str:
    """Words of people for a page: the sign of repetition stays with the word before it, on one line."""
    return text.replace(" ๆ", "\u00a0ๆ")


@register.filter
def number(value: int | None) -> str:
    """A count with thousands separated: `48,120,077`; a dash where there is none."""
    return "–" if value is None else f"{value:,}"


@register.filter
def money(satang: int | None) -> str:
    """Whole satang as baht: `4,870,000 บาท`, with the satang only where there are some; a dash for none."""
    if satang is None:
        return "–"
    return _("%(amount)s baht") % {"amount": format_baht(satang)}


# ── small parts ──────────────────────────────────────────────────────────────


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn sign that stands beside words and is silent for screen readers."""
    return _icon(name)


@register.simple_tag
def status(words: object, kind: str = "") -> SafeString:
    """A tag: status in words plus colour. Kinds: none, `ok`, `wait`, `late`, `still`."""
    return _status(conditional_escape(words if isinstance(words, str) else str(words)), kind)


@lru_cache(maxsize=512)  # several in each row of every list, and few different ones
def _status(escaped: SafeString, kind: str) -> SafeString:
    shown = get_template("components/status.html").render({"words": escaped, "kind": kind})
    return mark_safe(shown.strip())  # its words were escaped


@register.inclusion_tag("components/crumbs.html")
def crumbs(*pairs: object) -> dict[str, object]:
    """The way back up: name, address, name, address …; the first page is added before them."""
    return {"links": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("components/pages.html")
def pagination(newer: str = "", older: str = "") -> dict[str, object]:
    """Keyset paging: addresses of the newer and the older page, empty where there is none."""
    return {"newer": newer, "older": older}


@register.inclusion_tag("components/timeline.html")
def timeline(steps: Iterable[object]) -> dict[str, object]:
    """The line of steps: each `what`, `state` (done, now, next, stop), maybe `at`, `due`, `text`, `url`."""
    return {"steps": steps}


@register.inclusion_tag("components/facts.html")
def summary_list(rows: Iterable[tuple[Any, ...]]) -> dict[str, object]:
    """Questions and answers. A row is (name, value) or (name, value, address of "change")."""
    return {"rows": [(*row, "")[:3] for row in rows]}


@register.inclusion_tag("components/kpi.html")
def kpi(figure: object, words: object, kind: str = "", unit: object = "") -> dict[str, object]:
    """One figure with the words that say what is counted. Kinds: none, `ok`, `late`."""
    return {"figure": figure, "words": words, "kind": kind, "unit": unit}


@register.inclusion_tag("components/empty.html")
def empty(title: object, text: object = "", url: str = "", link: object = "") -> dict[str, object]:
    """Nothing here yet, why, and what to do next."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag("components/qr.html")
def qr(svg: str, words: object) -> dict[str, object]:
    """The slot for a QR picture (SVG of our own making, from `segno`) and the words for what it opens."""
    return {"svg": svg, "words": words}


# ── forms ────────────────────────────────────────────────────────────────────


def _said(error: object) -> object:
    """The words for an error: actions give codes, forms give sentences."""
    return slots.refusal_words.get(str(error), error)


def _target(bound: BoundField) -> str:
    """The id that an error link leads to: the first thing a person can fill in."""
    match bound.field.widget:
        case forms.RadioSelect() | forms.CheckboxSelectMultiple():
            return f"{bound.auto_id}_0"
        case _:
            return str(bound.auto_id)


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm, at: str = "", heading: object = "") -> dict[str, object]:
    """All that is wrong, at the top, each line leading to its field; nothing where nothing is wrong.

    What belongs to no field of the form leads to the id `at`. `heading` says what came of it where nothing is to be
    put right: a search that found nothing is no mistake in a form.
    """
    found = [(at, "", _said(error)) for error in form.non_field_errors()] if form.is_bound else []
    for bound in form if form.is_bound else ():
        found += [(_target(bound), str(bound.label), _said(error)) for error in bound.errors]
    times = Counter(str(words) for _target_id, _label, words in found)
    # The same words twice, out of sight of their fields, would not tell which is meant.
    errors = [
        (target, f"{label}: {words}" if label and times[str(words)] > 1 else words)
        for target, label, words in found
    ]
    return {"errors": errors, "heading": heading}


_KINDS: tuple[tuple[tuple[type[forms.Widget], ...], str], ...] = (
    ((forms.RadioSelect,), "radios"),
    ((forms.CheckboxSelectMultiple,), "checkboxes"),
    ((forms.CheckboxInput,), "checkbox"),
    ((forms.FileInput,), "file"),
    ((forms.Textarea,), "textarea"),
)


def _kind(widget: forms.Widget) -> str:
    return next((kind for classes, kind in _KINDS if isinstance(widget, classes)), "entry")


def _attributes(bound: BoundField, kind: str, described: str, width: str) -> dict[str, Any]:
    attributes: dict[str, Any] = {"required": False}
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if width:
        attributes["class"] = width
    if kind == "textarea":
        attributes |= {
            "maxlength": False,
            "class": "govuk-js-character-count",
        }  # too long is said, not cut off
    return attributes


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, asked: bool = False, width: str = "") -> dict[str, object]:
    """One field of a Django form: label, hint, error, entry, joined for screen readers.

    `asked` makes the label the page's heading (one question a page); `width` is w4, w8, w13 or w20.
    A form field may carry `choice_hints` (value -> words) and `side_by_side` for its choices.
    """
    kind = _kind(bound.field.widget)
    limit = getattr(bound.field, "max_length", None) if kind == "textarea" else None
    parts = [
        (f"{bound.auto_id}-hint", bool(bound.help_text)),
        (f"{bound.auto_id}-error", bool(bound.errors)),
        (f"{bound.auto_id}-info", bool(limit)),
    ]
    described = " ".join(name for name, is_there in parts if is_there)
    grouped = kind in {"radios", "checkboxes"}
    return {
        "bound": bound,
        "kind": kind,
        "asked": asked,
        "limit": limit,
        "described": described,
        "errors": [_said(error) for error in bound.errors],
        "grouped": grouped,
        "choices": _choices(bound) if grouped else [],
        "side": getattr(bound.field, "side_by_side", False),
        "widget": "" if grouped else bound.as_widget(attrs=_attributes(bound, kind, described, width)),
    }


def _choices(bound: BoundField) -> list[dict[str, object]]:
    hints: Mapping[str, object] = getattr(bound.field, "choice_hints", {})
    return [
        {
            "input": choice.tag(),
            "label": choice.choice_label,
            "id": choice.id_for_label,
            "hint": hints.get(str(choice.data["value"]), ""),
        }
        for choice in bound
        if (choice.data["value"], choice.choice_label) != ("", "---------")
    ]


@register.simple_tag
def options(choices: Iterable[tuple[str, Any]], chosen: str = "") -> SafeString:
    """The options of a select, of (value, words), the chosen one marked: a list of provinces is no loop of tags."""
    parts = []
    for value, words in choices:
        mark = " selected" if value == chosen else ""
        parts.append(
            f'<option value="{conditional_escape(str(value))}"{mark}>{conditional_escape(str(words))}</option>'
        )
    return mark_safe("".join(parts))  # noqa: S308  # each part is escaped above


# ── the frame ────────────────────────────────────────────────────────────────


@register.simple_tag(takes_context=True)
def site_nav(context: Mapping[str, Any], label: object, with_mine: bool = False) -> SafeString:
    """The services and open data, the one we are in marked; in the menu also the person's own pages."""
    path = context["request"].path if "request" in context else ""
    links = list(slots.doors(_language()))
    mine = context.get("mine", {})
    if with_mine and mine.get("address"):
        links.append((mine["address"], str(mine["name"])))
    return _nav(str(label), tuple((url, name, path.startswith(url)) for url, name in links))


@lru_cache(maxsize=256)  # twice on every page, and nearly always the same
def _nav(label: str, entries: tuple[tuple[str, str, bool], ...]) -> SafeString:
    shown = [{"address": url, "name": name, "here": is_here} for url, name, is_here in entries]
    return mark_safe(
        get_template("components/nav.html").render({"entries": shown, "label": label})
    )  # escaped there


class _SameForAll(template.Node):
    """What a part of the frame looks like in each language, once it was drawn."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self._drawn: dict[str, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        language = _language()
        if language not in self._drawn:
            self._drawn[language] = self.nodelist.render(context)
        return self._drawn[language]


@register.tag
def same_for_all(parser: template.base.Parser, token: template.base.Token) -> _SameForAll:
    """`{% same_for_all %} … {% end_same_for_all %}`: a part of the frame that depends on nothing but the language.

    Drawn once in a process: links and words that stand on every page cost as much as a page's own. Nothing of the
    request, the visitor or a setting that a test changes may stand in it.
    """
    nodelist = parser.parse(("end_same_for_all",))
    parser.delete_first_token()
    return _SameForAll(nodelist)


@lru_cache(maxsize=64)
def _icon(name: str) -> SafeString:
    return mark_safe(get_template(f"components/icons/{name}.svg").render())  # our own file, no values in it


@register.inclusion_tag("staff_bar.html", takes_context=True)
def staff_bar(context: Mapping[str, Any]) -> dict[str, object]:
    """The head of a page of staff: office, pages of work, who is signed in."""
    words = {name: context.get(name) for name in ("other_language", "other_language_url")}
    return {"bar": slots.staff_bar(context["request"]), **words}
