"""The reader of laws: agreement with the gold files, leave-out checks, and processor time of reading and comparing.

Run alone: `python tests/bench/laws.py [DATA]`. DATA is the folder of shared data; it stands beside the checkout.
"""

import gzip
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from sala.engines.legislation import Law, compare_laws, cues, read_law, to_document, word_changes
from sala.engines.legislation.letters import fold
from sala.engines.legislation.measuring import Agreement, measure
from sala.engines.legislation.ordinals import named_paragraphs
from sala.engines.legislation.paragraphs import split
from sala.engines.legislation.resolutions import draft_kind, list_subjects, read_resolutions
from sala.engines.legislation.styles import Shape, Style

ROOT = Path(__file__).resolve().parents[2]
PAGES, PAGE_LETTERS = 200, 2_000
CODE_AFTER = "civil-commercial-code-after-no23.txt.gz"


def text_of(path: Path) -> str:
    """A text, gzip or not."""
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The least processor time of a few runs."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def gold(folder: Path) -> None:
    """F1 of each part, file by file and in all, with what was missed and what was too much."""
    parts = ("units", "starts", "headings", "paragraphs", "items", "amendments", "quoted sections")
    sums: dict[str, Agreement] = {}
    print(f"| gold file | {' | '.join(parts)} |\n|---|{'--:|' * len(parts)}")
    wrong: list[str] = []
    for path in sorted(folder.glob("*.gold.json")):
        law = read_law(text_of(path.with_name(path.name.replace(".gold.json", ".txt"))))
        found = measure(to_document(law), json.loads(path.read_text(encoding="utf-8")))
        cells = [f"{found[part].f1:.3f}" if part in found else "" for part in parts]
        print(f"| {path.name.removesuffix('.gold.json')} | {' | '.join(cells)} |")
        for part, agreement in found.items():
            sums[part] = sums.get(part, Agreement(0, 0, 0)) + agreement
            wrong += [f"{path.name}: {part}: missed {one}" for one in agreement.missed]
            wrong += [f"{path.name}: {part}: too much {one}" for one in agreement.extra]
    cells = [f"**{sums[part].f1:.4f}** of {sums[part].wanted}" for part in parts]
    print(f"| **all** | {' | '.join(cells)} |\n")
    print("\n".join(wrong) or "nothing was missed or too much")


def cue_tool() -> ModuleType:
    """tools/legislation_cues.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("legislation_cues", ROOT / "tools" / "legislation_cues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cues_without(tool: ModuleType, data: Path, name: str) -> AbstractContextManager[object]:
    """While it lasts, the words that end paragraphs are those learned from all sources but one."""
    rest = list(tool.of_texts(data / "thai-law-texts", {name}))
    weights = tool.learn(rest + list(tool.of_sections(data / "thai-law" / "sections.jsonl.gz")))
    return patch.object(cues, "_weights", lambda: weights)


def counted(pairs: list[tuple[int, int]]) -> tuple[float, int]:
    """F1 of counts, and how many are alike."""
    right, total = sum(min(pair) for pair in pairs), sum(map(sum, pairs))
    return 2 * right / total, sum(one == other for one, other in pairs)


def left_out(data: Path) -> None:
    """Paragraph ends learned without a law, and tried on that law with its line ends taken away."""
    tool = cue_tool()
    print(
        "| left out | paragraphs | found | F1 of counts | sections with the right count |\n|---|--:|--:|--:|--:|"
    )
    for name in tool.SOURCES:
        text = text_of(data / "thai-law-texts" / name)
        least = named_paragraphs(text)
        with cues_without(tool, data, name):
            pairs = [
                (
                    len(split(unit.text, Style(Shape.LINES))),
                    len(split(" ".join(unit.text.split()), Style(Shape.PAGE), least.get(unit.key, 1))),
                )
                for unit in read_law(text).provisions()
            ]
        f1, same = counted(pairs)
        wanted, found = (sum(side) for side in zip(*pairs, strict=True))
        print(f"| {name} | {wanted} | {found} | {f1:.3f} | {same / len(pairs):.2f} |")


def wrapped(data: Path) -> None:
    """The Civil Code with broken lines against its paragraphs, in the sections that did not change; cues without it."""
    with cues_without(cue_tool(), data, CODE_AFTER):
        before = read_law(text_of(data / "thai-law-texts" / "civil-commercial-code-before-no23.txt.gz"))
    after = read_law(text_of(data / "thai-law-texts" / CODE_AFTER))
    printed = {unit.number_arabic: unit for unit in after.provisions()}
    pairs = []
    for unit in before.provisions():
        other = printed.get(unit.number_arabic)
        if other is not None and fold(unit.text) == fold(other.text):
            pairs.append((len(unit.paragraphs), len(other.paragraphs)))
    f1, same = counted(pairs)
    print(f"Broken lines against printed paragraphs (Civil Code): F1 of counts {f1:.3f}, ", end="")
    print(f"{same} of {len(pairs)} sections alike")


def gazette(folder: Path) -> None:
    """The one act that is there both as Gazette pages and with its paragraphs: do the pages give the same counts?"""
    pages = read_law(text_of(folder / "torture-prevention-act-2565-gazette.txt"))
    lines = read_law(text_of(folder / "torture-prevention-act-2565-consolidated.txt"))
    pairs = [
        (len(u.paragraphs), len(other.paragraphs))
        for u in pages.provisions()
        if (other := lines.find(u.number))
    ]
    f1, same = counted(pairs)
    print(
        f"Gazette pages against printed paragraphs: F1 of counts {f1:.3f}, {same} of {len(pairs)} sections alike"
    )


def drafts(folder: Path) -> tuple[Law, Law, Law, Law]:
    """A real law of 200 pages; a word changed all over; a section slipped in; and all of it under other numbers."""
    text = text_of(folder / CODE_AFTER)[: PAGES * PAGE_LETTERS]
    changed = re.sub(r"(?<=[ก-๎])(จะ|ย่อม|ต้อง)(?=[ก-๎])", "พึง", text)
    shifted = re.sub(r"^มาตรา ๑๐ ", "มาตรา ๙/๑  ผู้ใดอ้างเหตุต้องนำสืบ\n\nมาตรา ๑๐ ", changed, flags=re.MULTILINE)
    digits = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    renumbered = re.sub(
        r"^มาตรา ([๐-๙]+)",
        lambda found: f"มาตรา {int(found[1].translate(digits)) + 1}",
        changed,
        flags=re.MULTILINE,
    )
    return read_law(text), read_law(changed), read_law(shifted), read_law(renumbered)


def speed(folder: Path) -> None:
    """Processor time of reading and comparing."""
    code = text_of(folder / CODE_AFTER)
    print("\n| processor seconds | |\n|---|--:|")
    print(f"| `read_law`, Civil Code, {len(code):,} letters | {seconds(lambda: read_law(code)):.2f} |")
    before, after, shifted, renumbered = drafts(folder)
    word_changes("ตลาด", "ตลาดนัด")  # the word list is read once
    sections = sum(1 for _ in before.provisions())
    for name, later in (
        ("a word changed all over", after),
        ("and a section slipped in", shifted),
        ("and every number another", renumbered),
    ):
        comparison = compare_laws(before, later)
        took = seconds(partial(compare_laws, before, later))
        counts = {
            what: comparison.count(what) for what in ("added", "removed", "moved", "renumbered", "changed")
        }
        print(f"| compare {PAGES} pages ({sections} sections), {name}: {counts} (aim 1) | {took:.2f} |")
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(
        [sys.executable, "-m", "sala.cli", "laws", "--help"], env=environment, capture_output=True, check=True
    )
    print(f"| `sala laws --help`, wall | {time.perf_counter() - began:.2f} |")


def resolutions(data: Path) -> None:
    """Cabinet summaries: the agenda in front is a list of what must be found, made by others than we."""
    listed, found, every = Counter[str](), Counter[str](), []
    with gzip.open(data / "thai-cabinet-summaries" / "cabinet.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["body"] for line in lines]
    for text in texts:
        read = read_resolutions(text)
        every += read
        agenda, line, _rest = text.partition("*****")
        names = {fold(one.title)[:40] for one in read}
        for title in list_subjects(agenda) if line else ():
            what = "draft laws" if draft_kind(title) else "other subjects"
            name = fold(title)[:40]
            listed[what] += 1
            found[what] += any(one.startswith(name) or name.startswith(one) for one in names if one)
    print(f"\nCabinet summaries: {len(texts)} meetings, {len(every)} resolutions")
    for what, count in sorted(listed.items()):
        print(f"of the {count} {what} on an agenda, {found[what]} have a resolution")
    laws = [one for one in every if one.is_draft_law]
    print(
        f"{len(laws)} resolutions on draft laws: {sum(bool(one.office) for one in laws)} name who proposed it, ",
        end="",
    )
    print(
        f"{sum(bool(one.decisions) for one in laws)} a decision, {sum(bool(one.laws) for one in laws)} a law by year"
    )
    print(
        f"of all, {sum(bool(one.satang) for one in every)} name money "
        f"and {sum(bool(one.project) for one in every)} a project"
    )
    print(f"{seconds(lambda: [read_resolutions(text) for text in texts]):.2f} processor seconds")


def main() -> None:
    """Print everything."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    folder = data / "thai-law-texts"
    if not folder.is_dir():
        print(f"{folder} is not there: nothing to measure")
        return
    print(f"Machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    gold(folder)
    print()
    left_out(data)
    print()
    wrapped(data)
    gazette(folder)
    speed(folder)
    resolutions(data)


if __name__ == "__main__":
    main()
