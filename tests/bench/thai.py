"""Sorting, repeats and masking on real Thai text: figures beside a majority line and a word-only baseline.

Run alone: `python tests/bench/thai.py [--repeats 100000]`; it prints tables, ready for docs/bench/thai.md.
The peer of sorting is scikit-learn's own TfidfVectorizer and LinearSVC over the same kinds of n-grams.
"""

import csv
import gzip
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from sala.engines import thai
from sala.engines.thai import repeats, routing
from sala.engines.thai.routing import training

DATA = next(
    (
        folder / "shared" / "data"
        for folder in Path(__file__).resolve().parents
        if (folder / "shared" / "data").is_dir()
    ),
    Path("shared"),
)
SEED = 20261122
Labelled = list[tuple[str, str]]


def main(
    texts: Annotated[int, typer.Option("--repeats", help="Texts among which edits are planted.")] = 100_000,
    only: Annotated[
        str, typer.Option(help="One part: starting, masking, repeats, retraining, promises, unseen, sorting.")
    ] = "",
) -> None:
    """Print the tables."""
    print(
        f"Machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ", end=""
    )
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "scikit-learn", "nlpo3")))
    if not DATA.is_dir():
        print("skipped: the shared data folder is not beside this checkout")
        return
    parts = {
        "starting": starting,
        "masking": masking,
        "repeats": partial(planted_repeats, texts),
        "retraining": retraining,
        "promises": promises,
        "unseen": unseen,
        "sorting": sorting,
    }
    for part in [parts[only]] if only else parts.values():
        part()


def _json_lines(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _news(letters: int) -> Labelled:
    rows = _json_lines("thai-govnews-topic/train.jsonl.gz")
    return [(f"{row['title']} {row['body'][:letters]}".strip(), row["label"]) for row in rows]


def _sentiment() -> tuple[Labelled, Labelled]:
    train, valid = (
        [(row["text"], row["label"]) for row in _json_lines(f"thai-sentiment-wisesight/{part}.jsonl.gz")]
        for part in ("train", "valid")
    )
    seen = {thai.normalise(text) for text, _ in train}
    return train, [(text, label) for text, label in valid if thai.normalise(text) not in seen]


def _split(rows: Labelled, seed: int = SEED) -> tuple[Labelled, Labelled]:
    """Four fifths and one fifth; a text that occurs twice stays on one side."""
    distinct = list({thai.normalise(text): (text, label) for text, label in rows}.values())
    random.Random(seed).shuffle(distinct)
    cut = len(distinct) * 4 // 5
    return distinct[:cut], distinct[cut:]


def sorting() -> None:
    """Top-1 and its neighbours on three sets, with 95 % bootstrap intervals."""
    sets = {
        "government news, title": _split(_news(0)),
        "government news, title + 300 letters": _split(_news(300)),
        "wisesight sentiment, its own split": _sentiment(),
    }
    print(
        "\n| set | model | n train / test | top-1 (95 %) | macro-F1 (95 %) | top-3 | ECE | at 97 %: covers / keeps",
        end="",
    )
    print(" | texts/s | train s |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, (train, test) in sets.items():
        for model, options in {
            "Sala": {},
            "words only": {"words_only": True},
        }.items():
            _sorting_row(name, model, train, test, options)
        if "letters" not in name:  # minutes of the peer's time for the same message
            _peer_row(name, train, test)


def _sorting_row(name: str, title: str, train: Labelled, test: Labelled, options: dict[str, bool]) -> None:
    begun = time.perf_counter()
    model = training.train([text for text, _ in train], [label for _, label in train], **options)
    seconds = time.perf_counter() - begun
    told = routing.evaluate(
        model, [t for t, _ in test], [label for _, label in test], clock=time.perf_counter
    )
    edges = {key: "–".join(f"{edge:.3f}" for edge in of) for key, of in told["intervals_95"].items()}
    print(
        f"| {name} | {title} | {len(train)} / {told['n']} | {told['top1']:.3f} ({edges['top1']}) "
        f"| {told['macro_f1']:.3f} ({edges['macro_f1']}) | {told['top3']:.3f} | {told['ece']:.3f} "
        f"| {told['coverage_at_97']:.3f} / {told['precision_at_97'] or 0:.3f} | {told['docs_per_second']:,.0f} "
        f"| {seconds:.1f} |"
    )
    if title == "Sala":
        print(f"| {name} | always the commonest | | {told['majority_top1']:.3f} | | | | | | |")


def retraining(size: int = 12_000, labels: int = 13) -> None:
    """Seconds to learn anew, folds included, from as many texts and labels as the aim names.

    No corpus here has 12,000 texts of 13 labels, so two are put together: all news (title and a hundred letters,
    seven topics) and social messages, labelled by the model made from topics alone, of the six labels told most.
    """
    rows = _mixed(size, labels)
    begun, work = time.perf_counter(), time.process_time()
    model = training.train([text for text, _ in rows], [label for _, label in rows])
    print(f"\nLearning {len(rows):,} texts of {len(model.labels)} labels, ", end="")
    print(f"{sum(len(text) for text, _ in rows) / len(rows):.0f} letters each, folds included: ", end="")
    print(f"{time.perf_counter() - begun:.1f} s, {time.process_time() - work:.1f} s of processor ", end="")
    print(f"(load {os.getloadavg()[0]:.1f}); held-out top-1 {model.about['held_out_top1']:.3f}")


def _mixed(size: int, labels: int) -> Labelled:
    news = list({thai.normalise(text): (text, label) for text, label in _news(100)}.values())
    texts = list(dict.fromkeys(text for text, _ in _sentiment()[0]))
    told = [one.label for one in training.start(thai.complaint_topics()).predict(texts)]
    missing = labels - len({label for _, label in news})
    commonest = {label for label, _ in Counter(told).most_common(missing)}
    messages = [(text, label) for text, label in zip(texts, told, strict=True) if label in commonest]
    rows = [*news, *messages][:size]
    random.Random(SEED).shuffle(rows)
    return rows


def promises(splits: int = 5) -> None:
    """Whether what goes on alone is as right as promised, on several splits; 95 % Wilson intervals over all."""
    print(
        "\n| set | promised | goes on alone, each split | right of these, each split | all splits together |"
    )
    print("|---|--:|---|---|---|")
    sets = {"government news, title": _news(0), "title + 100 letters": _news(100)}
    for name, rows in sets.items():
        told = [_evaluated(*_split(rows, SEED + turn)) for turn in range(splits)]
        for promise in ("95", "97"):
            covered = [one[f"coverage_at_{promise}"] for one in told]
            right = [one[f"precision_at_{promise}"] or 0.0 for one in told]
            gone = [round(share * one["n"]) for share, one in zip(covered, told, strict=True)]
            kept = sum(share * count for share, count in zip(right, gone, strict=True)) / sum(gone)
            low, high = _wilson(kept, sum(gone))
            print(f"| {name} | {promise} % | {_listed(covered)} | {_listed(right)} ", end="")
            print(f"| {kept:.3f} ({low:.3f}–{high:.3f}) |")


def unseen(letters: tuple[int, ...] = (0, 100, 300)) -> None:
    """What goes on alone of kinds never learned: each class of the news left out in turn, and two foreign corpora."""
    print(
        "\n| news | left out | known: goes on alone / right | left out | wisesight | limesoda | drift told |"
    )
    print("|---|---|--:|--:|--:|--:|---|")
    messages = random.Random(SEED).sample([text for text, _ in _sentiment()[0] if len(text) >= 10], 1500)
    for length in letters:
        rows = _split(_news(length))
        health = [
            f"{row['title']} {row['body'][:length]}".strip()
            for row in _json_lines("thai-factcheck-limesoda/docs.jsonl.gz")
        ]
        told = []
        for left_out in sorted({label for _, label in rows[0]}):
            train, test = ([row for row in part if row[1] != left_out] for part in rows)
            model = training.train([text for text, _ in train], [label for _, label in train])
            new = [text for part in rows for text, label in part if label == left_out]
            figures = [
                routing.evaluate(model, texts, labels)
                for texts, labels in (
                    ([text for text, _ in test], [label for _, label in test]),
                    (new, ["?"] * len(new)),
                    (messages, ["?"] * len(messages)),
                    (health, ["?"] * len(health)),
                )
            ]
            alone = [one["coverage_at_97"] for one in figures]
            told.append([*alone, figures[0]["precision_at_97"]])
            shifts = " ".join(f"{one['standing_shift']:.2f}" for one in figures)
            print(f"| title + {length} | {left_out} | {alone[0]:.3f} / {told[-1][-1]:.3f} | ", end="")
            print(" | ".join(f"{share:.3f}" for share in alone[1:]) + f" | {shifts} |", flush=True)
        means = [sum(column) / len(told) for column in zip(*told, strict=True)]
        print(f"| title + {length} | **mean** | {means[0]:.3f} / {means[4]:.3f} | ", end="")
        print(" | ".join(f"{mean:.3f}" for mean in means[1:4]) + " | |", flush=True)


def _evaluated(train: Labelled, test: Labelled) -> dict[str, Any]:
    model = training.train([text for text, _ in train], [label for _, label in train])
    return routing.evaluate(model, [text for text, _ in test], [label for _, label in test])


def _wilson(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5 / (1 + z * z / count)
    return middle - reach, middle + reach


def _listed(shares: list[float]) -> str:
    return " ".join(f"{share:.3f}" for share in shares)


def _peer_row(name: str, train: Labelled, test: Labelled) -> None:
    words = TfidfVectorizer(
        tokenizer=thai.tokens, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True
    )
    letters = TfidfVectorizer(analyzer="char", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    peer = make_pipeline(make_union(words, letters), LinearSVC(C=0.5, random_state=0))
    begun = time.perf_counter()
    peer.fit([text for text, _ in train], [label for _, label in train])
    middle = time.perf_counter()
    guess = peer.predict([text for text, _ in test])
    pace = len(test) / (time.perf_counter() - middle)
    truth = [label for _, label in test]
    right = sum(one == other for one, other in zip(guess, truth, strict=True)) / len(test)
    macro = f1_score(truth, guess, average="macro")
    print(
        f"| {name} | scikit-learn, same n-grams | {len(train)} / {len(test)} | {right:.3f} | {macro:.3f} | | | "
        f"| {pace:,.0f} | {middle - begun:.1f} (no folds) |"
    )


def starting() -> None:
    """How well topic names, descriptions and everyday words alone rank the examples, held back from them."""
    topics = thai.complaint_topics()
    told = [thai.Topic(**{**vars(topic), "examples": ()}) for topic in topics]
    model = training.start(told)
    asked = [(example, topic.code) for topic in topics for example in topic.examples]
    figures = routing.evaluate(model, [text for text, _ in asked], [code for _, code in asked])
    print(f"\nWithout labels: {len(topics)} topics, their {figures['n']} examples held back: ", end="")
    print(f"top-1 {figures['top1']:.3f} {figures['intervals_95']['top1']}, top-3 {figures['top3']:.3f}")


#: Texts that would stall a rule which reads the rest of a text again at each of its letters.
SHAPES = {
    "a name": "นายสมชาย ใจดี ",
    "นาย": "นาย",
    "นาย and spaces": "นาย ",
    "kin words": "น้องพี่ป้าลุง",
    "a listed name, no space": "สมชาย",
    "many readings": "กรรม",
    "digits": "0812345678",
    "digits with gaps": "0 8 1-2 ",
    "zeros": "0",
    "@": "@",
    "a@": "a@",
    "a.b@c.": "a.b@c.",
    "spaces": " ",
    "zero widths": "\u200b",
    "plates": "กข 1",
    "networks and spaces": "fb          ",
    "mixed": "นาย0@ ป้า1/2 ไลน์ x_ ทะเบียน กข ",
}


def masking(sizes: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)) -> None:
    """Time of one intake form, and of texts made to stall it: processor time for a letter, at four lengths."""
    text = (
        "นายสมชาย ใจดี โทร 081-234-5678 แจ้งว่าไฟทางหน้าบ้านคุณป้ามาลี แสงทอง ดับมาสามวันแล้ว รถทะเบียน กข 1234 เกือบชน "
    )
    thai.mask(text)
    begun = time.process_time()
    for _ in range(100):
        thai.mask(text * 10)
    print(
        f"\nMasking a form of {len(text) * 10} letters: {(time.process_time() - begun) * 10:.1f} ms of processor"
    )
    print(
        "\n| made of | "
        + " | ".join(f"{size:,} letters" for size in sizes)
        + " |\n|---|"
        + "--:|" * len(sizes)
    )
    for name, unit in SHAPES.items():
        costs = []
        for size in sizes:
            whole = unit * (size // len(unit))
            begun = time.process_time()
            thai.mask(whole)
            costs.append((time.process_time() - begun) / len(whole) * 1e6)
        print(f"| {name} | " + " | ".join(f"{cost:.1f} µs" for cost in costs) + " |", flush=True)


# --- repeats ---------------------------------------------------------------------------------------------------

_LETTERS = "กขคงจชซดตถทนบปผพฟมยรลวสหอะาิีุูเแโใไ่้"
_BEFORE = ["สวัสดีครับ รบกวนหน่อยนะครับ ", "เรียนเจ้าหน้าที่ ", "ขอแจ้งเรื่องค่ะ ", "ฝากดูแลหน่อยค่ะ คือว่า "]
_AFTER = [
    " ช่วยดำเนินการด้วยครับ ขอบคุณมากครับ",
    " รบกวนตรวจสอบด้วยนะคะ ขอบคุณค่ะ",
    " ด่วนเลยนะครับ",
    " รอความช่วยเหลืออยู่ค่ะ",
]


def _slips(text: str, share: float, chance: random.Random) -> str:
    """Letters dropped, replaced or doubled up with a wrong one, each equally often."""
    out = []
    for letter in text:
        slip = chance.random() < share
        kind = chance.randrange(3) if slip else -1
        out.append("" if kind == 0 else chance.choice(_LETTERS) if kind == 1 else letter)
        out.append(chance.choice(_LETTERS) if kind == 2 else "")
    return "".join(out)


def _courteous(text: str, chance: random.Random) -> str:
    return chance.choice(_BEFORE) + text + chance.choice(_AFTER)


def _cut(text: str, chance: random.Random) -> str:
    kept = len(text) * 7 // 10
    start = chance.randrange(len(text) - kept + 1)
    return text[start : start + kept]


def _reordered(text: str, chance: random.Random) -> str:
    third = len(text) // 3
    parts = (
        text.split(" ") if text.count(" ") > 1 else [text[:third], text[third : 2 * third], text[2 * third :]]
    )
    chance.shuffle(parts)
    return " ".join(parts)


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "3 % slips": lambda text, chance: _slips(text, 0.03, chance),
    "10 % slips": lambda text, chance: _slips(text, 0.10, chance),
    "courtesies around": _courteous,
    "courtesies and 5 % slips": lambda text, chance: _courteous(_slips(text, 0.05, chance), chance),
    "cut to 70 %": _cut,
    "parts in another order": _reordered,
}


def _collection(size: int) -> tuple[list[str], int]:
    """Distinct texts: social messages of 15 letters and more first (edits are planted on these), then news."""
    messages = [text for text, _ in _sentiment()[0] if len(text) >= 15]
    pieces = [
        part[start : start + 200]
        for row in _json_lines("thai-govnews-topic/train.jsonl.gz")
        for part in row["body"].split("\n")
        for start in range(0, max(1, len(part) - 60), 200)
        if len(part) > 40
    ]
    distinct = list(dict.fromkeys(thai.normalise(text) for text in messages))
    return list(dict.fromkeys([*distinct, *pieces]))[:size], len(distinct)


def planted_repeats(size: int) -> None:
    """Recall at one of each kind of edit, the time of a look-up, and the memory."""
    texts, messages = _collection(size)
    chance = random.Random(SEED)
    asked = chance.sample(range(min(messages, len(texts))), 1998)
    begun = time.perf_counter()
    index = repeats.Index(texts)
    built = time.perf_counter() - begun
    queries: list[tuple[str, int, str]] = []
    hits: dict[str, list[bool]] = {kind: [] for kind in EDITS}
    spent, work = 0.0, time.process_time()
    for turn, number in enumerate(asked):
        kind = list(EDITS)[turn % len(EDITS)]
        query = EDITS[kind](texts[number], chance)
        queries.append((kind, number, query))
        begun = time.perf_counter()
        found = index.nearest(query, most=1, least=0.2)
        spent += time.perf_counter() - begun
        hits[kind].append(bool(found) and found[0].row == number)
    work = time.process_time() - work
    print(f"\nRepeats: {len(texts):,} texts, {len(asked):,} planted edits; built in {built:.1f} s; ", end="")
    print(f"a look-up {spent / len(asked) * 1000:.2f} ms, {work / len(asked) * 1000:.2f} ms of processor")
    del index
    found_by_command, seconds, memory = _command(texts, queries)
    print(f"`sala repeats FILE.csv --json`, {len(texts) + len(queries):,} rows, start to end: ", end="")
    print(f"{seconds:.0f} s, {memory:.1f} GB")
    print("\n| edit | recall@1, look-up | recall@1, command |\n|---|--:|--:|")
    for kind, right in hits.items():
        told = found_by_command[kind]
        print(f"| {kind} | {sum(right) / len(right):.3f} | {sum(told) / len(told):.3f} |")


def _command(
    texts: list[str], queries: list[tuple[str, int, str]]
) -> tuple[dict[str, list[bool]], float, float]:
    """Whether each planted row stands nearest its source when the file is gone through; seconds; GB at most."""
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "texts.csv", Path(folder) / "found.json"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["text"], *([text] for text in texts), *([q] for _, _, q in queries)])
        begun = time.perf_counter()
        with out.open("wb") as file:
            command = [sys.executable, "-m", "sala.cli", "repeats", str(table), "--json"]
            process = subprocess.Popen(command, stdout=file)
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        if status:
            raise SystemExit(f"{command} ended with {status}")
        rows = json.loads(out.read_bytes())["rows"][len(texts) :]
    hits: dict[str, list[bool]] = {kind: [] for kind in EDITS}
    for (kind, number, _), row in zip(queries, rows, strict=True):
        hits[kind].append(bool(row["matches"]) and row["matches"][0]["row"] == number + 1)
    return hits, seconds, usage.ru_maxrss / 1e6


if __name__ == "__main__":
    typer.run(main)
