"""Entries of forms are what the framework's own templates make of them, to the letter but for white space."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy

from sala.design.widgets import Widgets

STRANGE = '<b>"ไฟ" & น้ำ\'</b>'
CHOICES = [
    ("", "---------"),
    ("a", gettext_lazy("Home")),
    (STRANGE, STRANGE),
    ("g", [(1, "one"), (2, "two")]),
]
ENTRIES = [
    (forms.TextInput(attrs={"class": "w8", "required": True, "hidden": False}), STRANGE),
    (forms.TextInput(), None),
    (forms.EmailInput(), ""),
    (forms.NumberInput(attrs={"maxlength": 4000}), 1234567),
    (forms.HiddenInput(), "x"),
    (forms.PasswordInput(), "never shown"),
    (forms.Textarea(attrs={"rows": 5}), STRANGE),
    (forms.Textarea(), None),
    (forms.CheckboxInput(), True),
    (forms.FileInput(), None),
    (forms.DateInput(), "2026-11-30"),
    (forms.Select(choices=CHOICES), "a"),
    (forms.SelectMultiple(choices=CHOICES), ["1", STRANGE]),
    (forms.RadioSelect(choices=CHOICES[:3]), "a"),
]


def without_space(html: str) -> str:
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html)


@pytest.mark.parametrize(("widget", "value"), ENTRIES, ids=lambda one: type(one).__name__)
def test_an_entry_is_what_the_framework_makes(widget: forms.Widget, value: object) -> None:
    drawn = widget.render(STRANGE, value, attrs={"id": "id_x"}, renderer=Widgets())
    expected = widget.render(STRANGE, value, attrs={"id": "id_x"}, renderer=DjangoTemplates())
    assert without_space(drawn) == without_space(expected)


def test_one_choice_is_drawn_without_a_label_of_its_own() -> None:
    class Form(forms.Form):
        what = forms.ChoiceField(choices=CHOICES[:3], widget=forms.RadioSelect)

    drawn, expected = (
        [str(one.tag()) for one in Form(renderer=renderer)["what"]]
        for renderer in (Widgets(), DjangoTemplates())
    )
    assert drawn == expected
