"""The word catalogues: finds what the pages say, keeps the .po files, compiles them; all in Python."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent


def catalogues() -> list[Path]:
    """Every .po file of the platform, in a fixed order."""
    return sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_catalogues() -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many were compiled."""
    compiled = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as words:
            catalogue = read_po(words)
        with target.open("wb") as machine:
            write_mo(machine, catalogue)
        compiled += 1
    return compiled


def boxes() -> list[Path]:
    """Every folder that may have a catalogue: the frame of every page, whose words all share, then each box."""
    own = SOURCE / "design"
    return sorted((app.parent for app in SOURCE.glob("**/apps.py")), key=lambda box: (box != own, box))


def catalogue_of(box: Path) -> Path:
    """Where a box keeps its Thai."""
    return box / "locale" / "th" / "LC_MESSAGES" / "django.po"


_CALL = re.compile(r"\b(_|n?p?gettext(?:_lazy|_noop)?)\(")
_SHAPES = {
    "_": ("english",),
    "gettext": ("english",),
    "pgettext": ("context", "english"),
    "ngettext": ("english", "plural"),
    "npgettext": ("context", "english", "plural"),
}


@dataclass(frozen=True, order=True)
class Words:
    """One thing to say: English, its plural if it has one, the context that tells two meanings apart."""

    english: str
    plural: str = ""
    context: str = ""


def _call_at(source: str, start: int) -> ast.Call | None:
    """The call that begins at `start`, read to its closing bracket; None if that is no call."""
    for end in (match.end() for match in re.finditer(r"\)", source[start:])):
        try:
            found = ast.parse(source[start : start + end], mode="eval").body
        except SyntaxError:
            continue
        return found if isinstance(found, ast.Call) else None
    return None


def _words_of(call: ast.Call, renamed: Mapping[str, str]) -> Words | None:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    name = renamed.get(name, name).removesuffix("_lazy").removesuffix("_noop")
    shape = _SHAPES.get(name, ())
    said = [part.value for part in call.args[: len(shape)] if isinstance(part, ast.Constant)]
    if not shape or len(said) < len(shape) or not all(isinstance(part, str) for part in said):
        return None
    return Words(**dict(zip(shape, map(str, said), strict=True)))


def words_in_template(source: str) -> set[Words]:
    """What a Django template says."""
    readable = templatize(source)
    calls = (_call_at(readable, match.start()) for match in _CALL.finditer(readable))
    return {words for call in calls if call and (words := _words_of(call, {}))}


def words_in_python(source: str) -> set[Words]:
    """What a Python module says, whatever name it gives to gettext."""
    tree = ast.parse(source)
    renamed = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {words for call in calls if (words := _words_of(call, renamed))}


def words_of(box: Path) -> set[Words]:
    """Everything that a box says: in its templates and in its Python."""
    nested = [other for other in boxes() if other != box and other.is_relative_to(box)]
    said: set[Words] = set()
    for file in sorted(box.rglob("*")):
        if any(file.is_relative_to(other) for other in nested):
            continue
        if file.suffix in {".html", ".txt"} and "templates" in file.parts:
            said |= words_in_template(file.read_text(encoding="utf-8"))
        elif file.suffix == ".py":
            said |= words_in_python(file.read_text(encoding="utf-8"))
    return said


def read_catalogue(path: Path) -> Catalog:
    """A catalogue; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale="th", charset="utf-8")
    with path.open("rb") as words:
        return read_po(words, locale="th")


def thai_of(catalogue: Catalog) -> dict[Words, str]:
    """What a catalogue says in Thai; an empty text where it does not say it yet."""
    known = {}
    for message in catalogue:
        if message.id:
            ids, thai = message.id, message.string
            english, plural = ids if isinstance(ids, tuple | list) else (ids, "")
            first = thai[0] if isinstance(thai, tuple) else thai
            known[Words(english, plural, message.context or "")] = "" if message.fuzzy else str(first)
    return known


def add_missing() -> dict[str, int]:
    """Add what each box says and no catalogue has yet, with an empty Thai; returns how many by box.

    Empty ones are taken out again where nobody says them any more, or another catalogue does.
    """
    _forget_empty({words for box in boxes() for words in words_of(box)})
    known = {words for path in catalogues() for words in thai_of(read_catalogue(path))}
    added = {}
    for box in boxes():
        missing = sorted(words_of(box) - known)
        if not missing:
            continue
        catalogue = read_catalogue(catalogue_of(box))
        for words in missing:
            ids = (words.english, words.plural) if words.plural else words.english
            catalogue.add(ids, context=words.context or None)
        _write(catalogue, catalogue_of(box))
        known |= set(missing)
        added[box.name] = len(missing)
    return added


def _forget_empty(said: set[Words]) -> None:
    known = {path: thai_of(read_catalogue(path)) for path in catalogues()}
    told = {words for texts in known.values() for words, thai in texts.items() if thai}
    for path, texts in known.items():
        catalogue = read_catalogue(path)
        stale = [words for words, thai in texts.items() if not thai and (words not in said or words in told)]
        for words in stale:
            catalogue.delete(words.english, words.context or None)
        if stale:
            _write(catalogue, path)


_HEAD = """msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def _write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue sorted, one line a text, without dates, so that changes are small."""
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, no_location=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEAD + "\n" + body.getvalue().decode().strip() + "\n", encoding="utf-8")
