"""`sala routing`: opens files and prints; the engine `sala.engines.thai.routing` learns and sorts."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sala.cli import ending, tables
from sala.cli.late import Late
from sala.engines import files

if TYPE_CHECKING:
    from sala.engines import thai
    from sala.engines.thai import routing
    from sala.engines.thai.routing import training
else:
    # learning needs scikit-learn and the Thai word list; help and a wrong word do not
    thai, routing = Late("sala.engines.thai"), Late("sala.engines.thai.routing")
    training = Late("sala.engines.thai.routing.training")


class Routing(ending.EngineGroup):
    """The commands that sort texts into topics."""

    engine = "sala routing"


app = typer.Typer(cls=Routing, no_args_is_help=True, rich_markup_mode=None)

TableFile = Annotated[
    str, typer.Argument(help="CSV with a header, or JSON lines (.jsonl); .gz too; - for input.")
]
TextColumn = Annotated[str, typer.Option("--text", help="The column that holds the text.")]
LabelColumn = Annotated[str, typer.Option("--label", help="The column that holds the label.")]
ModelFolder = Annotated[Path, typer.Option("--model", help="A folder that train or start wrote.")]
OutFolder = Annotated[Path, typer.Option("--out", help="The folder to write the model into.")]
OTHER = "other"  # as the engine has it; a test holds the two together
MODEL_FILES = ("model.json", "arrays.npz")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


class Language(StrEnum):
    """Languages of the picture."""

    THAI = "th"
    ENGLISH = "en"


@app.callback()
def main() -> None:
    """Sort Thai texts into topics: learn from labelled texts, measure, predict with reasons."""


def _labelled(path: str, text: str, label: str, *, empty_texts: bool) -> tuple[list[str], list[str]]:
    texts, labels, left_out = [], [], 0
    for _, row in tables.table_rows(path, (text, label)):
        if row[label].strip() and (empty_texts or row[text].strip()):
            texts.append(row[text])
            labels.append(row[label].strip())
        else:
            left_out += 1
    if left_out:
        ending.tell(f"{path}: {left_out} rows left out, without a text or a label")
    return texts, labels


def _model(folder: Path) -> routing.Model:
    try:
        return routing.read_model({name: (folder / name).read_bytes() for name in MODEL_FILES})
    except OSError as problem:
        tables.refuse(f"{folder}: holds no model ({problem.strerror}: {Path(str(problem.filename)).name})")
    except routing.ModelFileError as problem:
        tables.refuse(f"{folder}: {problem}")


def _print(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("figure", "value", box=None)
    for name, value in figures.items():
        if not isinstance(value, dict | list):
            table.add_row(name, "–" if value is None else str(value))
    for name, edges in figures.get("intervals_95", {}).items():
        table.add_row(f"{name}, 95 % interval", f"{edges[0]} – {edges[1]}")
    Console().print(table)


@app.command()
def train(
    file: TableFile,
    out: OutFolder,
    text: TextColumn = "text",
    label: LabelColumn = "label",
    other: Annotated[str, typer.Option(help="The label for texts that fit no other.")] = OTHER,
    balanced: Annotated[bool, typer.Option(help="Weigh rare labels up.")] = False,
    words_only: Annotated[bool, typer.Option(help="Leave out letter runs: the fast baseline.")] = False,
    as_json: AsJson = False,
) -> None:
    """Learn from labelled texts and write the model as plain arrays and JSON."""
    texts, labels = _labelled(file, text, label, empty_texts=False)
    begun = time.perf_counter()
    try:
        with tables.progress() as bar:
            bar.add_task(f"learning from {len(texts)} texts", total=None)
            model = training.train(texts, labels, other=other, balanced=balanced, words_only=words_only)
    except training.TrainingDataError as problem:
        tables.refuse(f"{file}: {problem}")
    seconds = time.perf_counter() - begun
    files.write_folder(out, model.files())
    told = {
        "texts": len(texts),
        "labels": len(model.labels),
        "held_out_top1": model.about["held_out_top1"],
        **{f"threshold_{promise}": threshold for promise, threshold in model.thresholds.items()},
        "seconds": round(seconds, 2),
        "model": str(out),
    }
    _print(told, as_json=as_json)


@app.command()
def start(
    out: OutFolder,
    topics: Annotated[str | None, typer.Option(help="A topic list (CSV); without it, Sala's own.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a model from topic names and descriptions, before any text is labelled."""
    try:
        if topics is None:
            listed = thai.complaint_topics()
        else:
            with tables.opened(topics) as lines:
                listed = thai.read_topics(lines)
        model = training.start(listed)
    except (thai.TopicFileError, training.TrainingDataError) as problem:
        tables.refuse(f"{topics}: {problem}")
    files.write_folder(out, model.files())
    _print({"topics": len(model.labels), "model": str(out)}, as_json=as_json)


@app.command()
def evaluate(
    file: TableFile,
    model: ModelFolder,
    text: TextColumn = "text",
    label: LabelColumn = "label",
    as_json: AsJson = False,
    svg: Annotated[
        Path | None, typer.Option(help="Draw the risk–coverage curve and the reliability into this SVG file.")
    ] = None,
    language: Annotated[Language, typer.Option(help="Language of the picture.")] = Language.THAI,
) -> None:
    """Measure a model on labelled texts it has not seen."""
    sorter = _model(model)
    texts, labels = _labelled(file, text, label, empty_texts=True)
    if not texts:
        tables.refuse(f"{file}: no row has a label")
    sorter.predict(texts[:1])  # the word list loads once, before the clock runs
    with tables.progress() as bar:
        bar.add_task(f"sorting {len(texts)} texts", total=None)
        figures = routing.evaluate(sorter, texts, labels, clock=time.perf_counter)
    if svg is not None:
        files.write_output(svg, routing.to_svg(figures, language.value).encode())
    if as_json or svg is None:
        _print(figures, as_json=as_json)


@app.command()
def predict(
    model: ModelFolder,
    file: Annotated[str, typer.Argument(help="A text a line; .gz too; - for standard input.")] = "-",
    promise: Annotated[str, typer.Option(help="Precision promised for going on without a person.")] = "97",
    words: Annotated[bool, typer.Option(help="Tell the words that decided.")] = True,
) -> None:
    """Sort a text a line, and print a line of JSON for each."""
    sorter = _model(model)
    if promise not in sorter.thresholds:
        tables.refuse(f"the model has no threshold for {promise}; it has {', '.join(sorter.thresholds)}")
    batch = 1 if file == "-" and sys.stdin.isatty() else 256
    with tables.opened(file) as lines:
        for number, prediction in _predictions(sorter, iter(lines), batch, promise=promise, words=words):
            typer.echo(json.dumps({"line": number} | _told(prediction), ensure_ascii=False))


def _predictions(
    sorter: routing.Model, lines: Iterator[str], batch: int, *, promise: str, words: bool
) -> Iterator[tuple[int, routing.Prediction]]:
    number = 0
    while texts := [line.rstrip("\r\n") for line in islice(lines, batch)]:
        for prediction in sorter.predict(texts, promise=promise, explain=words):
            number += 1
            yield number, prediction


def _told(prediction: routing.Prediction) -> dict[str, Any]:
    told = asdict(prediction)
    told["confidence"] = round(prediction.confidence, 4)
    told["top"] = [{"label": label, "confidence": round(chance, 4)} for label, chance in prediction.top]
    told["words"] = [{"word": word, "weight": weight} for word, weight in prediction.words]
    return told
