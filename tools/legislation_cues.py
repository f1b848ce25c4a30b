"""Makes src/sala/engines/legislation/cues.csv: where paragraphs end in Thai laws that print one on a line.

`python tools/legislation_cues.py DATA [--without NAME …]`, where DATA is the folder of shared data. Sections that the
gold files of thai-law-texts count are never looked at, and --without leaves out whole sources, to measure on them.
"""

import argparse
import csv
import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from sala.engines.legislation import read_law
from sala.engines.legislation.cues import CARRIES_ON, Seen, features, opens_a_sentence
from sala.engines.legislation.letters import flatten, fold, one_line

TARGET = Path(__file__).resolve().parents[1] / "src" / "sala" / "engines" / "legislation" / "cues.csv"
# one paragraph a line, and counted by no gold file; modern wording weighs more than that of 1925
SOURCES = {
    "civil-commercial-code-after-no23.txt.gz": 1,
    "constitution-2560.txt.gz": 2,
    "torture-prevention-act-2565-consolidated.txt": 2,
    "local-initiative-act-2565.txt": 2,
}
# what Civil Code No. 23 wrote is quoted in a gold file
QUOTED = {
    "1016",
    "1017",
    "1020/1",
    "1097",
    "1099",
    "1108",
    "1128",
    "1158",
    "1162/1",
    "1175",
    "1178",
    "1201",
    "1237",
} | {*("1238", "1239", "1239/1", "1240", "1240/1", "1240/2", "1240/3", "1241", "1242", "1243", "1246/1")}
ITEM = re.compile(r"^[ \-]*\((?:\d+(?:/\d+)?|[ก-ฮ])\)\s*")
Example = tuple[int, list[str]]


def examples(text: str) -> Iterator[Example]:
    """Every blank of a section: 1 where a paragraph ends, 0 where not; nothing where a list begins or goes on."""
    blocks = [block.strip() for block in flatten(text).split("\n") if block.strip()]
    begun, in_item, last = "", False, 0
    for place, block in enumerate(blocks):
        mark = ITEM.match(block)
        chunks = [chunk for chunk in block[mark.end() if mark else 0 :].split(" ") if chunk]
        if place and not mark and not CARRIES_ON.match(block):
            yield 1, seen(begun, last, fold(block), len(fold(chunks[0])), in_item)
            begun, in_item = "", False
        if mark:
            begun, in_item = "", True
        for index, chunk in enumerate(chunks):
            begun, last = begun + fold(chunk), len(fold(chunk))
            if index + 1 < len(chunks):
                right = fold("".join(chunks[index + 1 : index + 12]))
                yield 0, seen(begun, last, right, len(fold(chunks[index + 1])), in_item)


def seen(begun: str, chunk: int, right: str, following: int, in_item: bool) -> list[str]:
    """The features at a blank behind `begun`."""
    opens = opens_a_sentence(begun)
    return list(features(Seen(len(begun), opens, begun[-12:], chunk, right[:80], following, in_item)))


def of_texts(folder: Path, left_out: set[str]) -> Iterator[Example]:
    """Examples from the whole laws."""
    for name, weight in SOURCES.items():
        if name in left_out:
            continue
        raw = (folder / name).read_bytes()
        law = read_law((gzip.decompress(raw) if name.endswith(".gz") else raw).decode())
        for unit in law.provisions():
            if "civil" in name and unit.number_arabic in QUOTED:
                continue
            yield from list(examples(unit.text)) * weight


def of_sections(file: Path) -> Iterator[Example]:
    """Examples from the sections that were typed with their paragraphs."""
    for line in gzip.decompress(file.read_bytes()).decode().splitlines():
        section = json.loads(line)
        lines = []
        for paragraph in section["paragraphs"]:
            lines.append(one_line(paragraph["text"]))
            lines += [f"({item['no']}) {one_line(item['text'])}" for item in paragraph.get("items", [])]
        yield from examples("\n".join(lines))


def learn(found: list[Example], rounds: int = 4, rare: int = 10) -> dict[str, float]:
    """Weights of a logistic regression, by stochastic steps that shrink with what a weight has seen."""
    counts = Counter(name for _, names in found for name in names)
    known = [(ends, [name for name in names if counts[name] >= rare]) for ends, names in found]
    weights: defaultdict[str, float] = defaultdict(float)
    seen: defaultdict[str, float] = defaultdict(lambda: 1.0)
    order = random.Random(1)
    for _ in range(rounds):
        order.shuffle(known)
        for ends, names in known:
            odds = max(-30.0, min(30.0, sum(weights[name] for name in names)))
            step = ends - 1 / (1 + math.exp(-odds))
            for name in names:
                seen[name] += step * step
                weights[name] += 0.3 * step / math.sqrt(seen[name])
    return weights


def main() -> None:
    """Write the file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--without", nargs="*", default=[])
    options.add_argument("--output", type=Path, default=TARGET)
    chosen = options.parse_args()
    found = list(of_texts(chosen.data / "thai-law-texts", set(chosen.without)))
    if "thai-law" not in chosen.without:
        found += of_sections(chosen.data / "thai-law" / "sections.jsonl.gz")
    weights = learn(found)
    with chosen.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for name, weight in sorted(weights.items()):
            if abs(weight) >= 0.1:
                writer.writerow([name, f"{weight:.2f}"])
    print(f"{len(found):,} blanks, {sum(ends for ends, _ in found):,} of them ends of paragraphs")


if __name__ == "__main__":
    main()
