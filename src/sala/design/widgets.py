"""Entries of forms as HTML: what the framework's own small templates say, without a template for each of forty options.

Every name and value is escaped here as there; what is not known here is left to the templates.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


class Widgets(DjangoTemplates):
    """Draws inputs, text areas and selections itself (setting FORM_RENDERER)."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """The entry as HTML."""
        draw = _DRAWN.get(template_name)
        if draw is None or context["widget"].get("wrap_label"):
            return mark_safe(super().render(template_name, context, request))  # noqa: S308  # escaped there
        return mark_safe(draw(context["widget"]))  # noqa: S308  # each part is escaped below


def _attributes(widget: Widget) -> str:
    """Attributes as the framework writes them: True stands alone, False is left out."""
    parts = []
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {conditional_escape(name)}")
        elif value is not False:
            parts.append(f' {conditional_escape(name)}="{conditional_escape(value)}"')
    return "".join(parts)


def _input(widget: Widget) -> str:
    value = widget["value"]
    own = "" if value is None else f' value="{conditional_escape(value)}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{own}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    words = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>\n{words}</textarea>'


def _option(widget: Widget) -> str:
    value, label = conditional_escape(widget["value"]), conditional_escape(widget["label"])
    return f'<option value="{value}"{_attributes(widget)}>{label}</option>'


def _select(widget: Widget) -> str:
    parts = []
    for group, options, _index in widget["optgroups"]:
        drawn = "".join(_option(option) for option in options)
        parts.append(f'<optgroup label="{conditional_escape(group)}">{drawn}</optgroup>' if group else drawn)
    return (
        f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>{"".join(parts)}</select>'
    )


_PATH = "django/forms/widgets/"
_DRAWN: Mapping[str, Callable[[Widget], str]] = {
    f"{_PATH}select.html": _select,
    f"{_PATH}textarea.html": _textarea,
    **{
        f"{_PATH}{name}.html": _input
        for name in ("text", "email", "number", "hidden", "password", "tel", "search", "date", "url", "file",
                     "input", "radio_option", "checkbox", "checkbox_option")
    },
}  # fmt: skip
