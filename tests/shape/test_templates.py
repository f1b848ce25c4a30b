"""Templates: each extends the frame or is a part of one, and none carries style or script inside."""

import re
from pathlib import Path

import pytest

from sala.platform.catalogues import SOURCE

TEMPLATES = sorted(path for path in SOURCE.rglob("*.html") if "templates" in path.parts)
STAND_ALONE = {"base.html", "site/500.html"}  # the frame; the page for when even the frame may be broken
_PAGE = re.compile(r"\s*\{%\s*extends\s")
_WHOLE = re.compile(r"<html|<body|<!doctype", re.IGNORECASE)
_INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style sheet": re.compile(r"<style", re.IGNORECASE),
    "a script's body": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)", re.IGNORECASE),
    "an on… handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(src|<link[^>]*href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}


def name_of(path: Path) -> str:
    return path.as_posix().split("/templates/", 1)[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_extends_the_frame_or_is_a_part(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if name_of(path) in STAND_ALONE:
        return
    assert _PAGE.match(source) or not _WHOLE.search(source), "extend base.html"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_style_or_script_inside_a_template(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = [what for what, pattern in _INLINE.items() if pattern.search(source)]
    assert not found, f"the content policy would block {found}"
