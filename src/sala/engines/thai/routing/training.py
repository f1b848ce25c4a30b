"""Learn to sort texts from labelled ones, or, before there are any, from the names of the topics."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.svm import LinearSVC

from sala.engines.thai.routing.features import Floats, Ints, cut, learn_features
from sala.engines.thai.routing.model import Model, confidences
from sala.engines.thai.topics import OTHER, Topic

#: Promised precisions, in per cent, for which a confidence threshold is sought.
PROMISES = ("95", "97", "99")
_FOLDS = 4
_SMOOTHING = 0.05
_CAREFUL = 1.2816  # one-sided 90 % normal quantile: the promise should hold beyond the training texts
_STRANGE = 0.2  # without training texts: a text that shares fewer letter runs with all topics is about none
_USUAL_TEMPERATURE = 0.2  # of Sala's own topics; for lists with few examples
_ENOUGH_EXAMPLES = 30
_UNFAMILIAR = 0.002  # the training texts least like the others: this share of them
_STRANGER = 0.75  # a new text is unfamiliar if it knows less than this part of what those know


class TrainingDataError(ValueError):
    """Texts and labels from which nothing can be learned; the message says why."""


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    other: str = OTHER,
    balanced: bool = False,
    words_only: bool = False,
    strength: float = 0.3,
    about: dict[str, Any] | None = None,
) -> Model:
    """Learn a model from texts and their labels.

    `balanced` weighs rare labels up (better on small ones, a little worse over all); `words_only` leaves out
    letter runs (faster, weaker: the baseline); `strength` is the C of the support vector machine. The same
    texts in the same order give the same model to the byte. Raises TrainingDataError with fewer than two
    labels, with texts and labels of different number, or with an empty label.
    """
    numbers, names = _numbered(texts, labels)
    ready = cut(texts)
    features = learn_features(ready, most_runs=0 if words_only else 300_000)
    matrix, known = features.matrix(ready)
    folds = _folds(ready.texts, numbers)
    held_out = np.zeros((len(texts), len(names)), dtype=np.float32)
    # One after the other: the solver draws from one generator per process, so threads would race for it.
    for fold in range(_FOLDS):
        kept = folds != fold
        weights, bias = _fit(matrix[kept], numbers[kept], len(names), balanced=balanced, strength=strength)
        held_out[~kept] = matrix[~kept] @ weights + bias
    weights, bias = _fit(matrix, numbers, len(names), balanced=balanced, strength=strength)
    temperature = _temperature(held_out, numbers)
    return Model(
        labels=names,
        features=features,
        weights=weights,
        bias=bias,
        temperature=temperature,
        thresholds=_thresholds(held_out, numbers, temperature),
        least_known=0.0 if words_only else _STRANGER * float(np.quantile(known, _UNFAMILIAR)),
        other=other,
        about={
            "texts": len(texts),
            "counts": {name: int(count) for name, count in zip(names, np.bincount(numbers), strict=True)},
            "held_out_top1": round(float((held_out.argmax(axis=1) == numbers).mean()), 4),
            "balanced": balanced,
            "words_only": words_only,
            "strength": strength,
            **(about or {}),
        },
    )


def _numbered(texts: Sequence[str], labels: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    if len(texts) != len(labels):
        raise TrainingDataError(f"{len(texts)} texts but {len(labels)} labels")
    if not all(labels):
        raise TrainingDataError(f"text {labels.index('') + 1} has an empty label")
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise TrainingDataError("at least two different labels are needed to learn a difference")
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[label] for label in labels], dtype=np.int64), names


def _folds(texts: Sequence[str], numbers: Ints) -> Ints:
    """A fold for each text: labels spread evenly, and the same text always in the same fold."""
    fold_of: dict[str, int] = {}
    seen: Counter[int] = Counter()
    order = sorted(range(len(texts)), key=lambda place: (numbers[place], crc32(texts[place].encode()), place))
    for place in order:
        if texts[place] not in fold_of:
            fold_of[texts[place]] = seen[int(numbers[place])] % _FOLDS
            seen[int(numbers[place])] += 1
    return np.array([fold_of[text] for text in texts], dtype=np.int64)


def _fit(
    matrix: sparse.csr_matrix, numbers: Ints, labels: int, *, balanced: bool, strength: float
) -> tuple[Floats, Floats]:
    """Weights (columns × labels) and bias; a label that this part of the texts lacks can never win.

    Each label has its own machine against the rest, on features scaled by the root of how much more of the
    label's mass than of the rest's they hold (after the NB-SVM of Wang and Manning 2012).
    """
    matrix = matrix.astype(np.float64)  # the solver's own type, converted once
    counts = np.bincount(numbers, minlength=labels)
    weights = np.zeros((matrix.shape[1], labels), dtype=np.float32)
    bias = np.full(labels, -1e3, dtype=np.float32)
    texts = np.arange(len(numbers))
    member = sparse.csr_matrix((np.ones(len(texts)), (numbers, texts)), shape=(labels, len(texts)))
    mass = (member @ matrix).toarray() + _SMOOTHING
    everything = mass.sum(axis=0)
    for label in np.flatnonzero(counts):
        if counts[label] == len(numbers):
            bias[label] = 1.0
            continue
        scale = _scale(mass[label], everything - mass[label])
        scaled = sparse.csr_matrix(
            (matrix.data * scale[matrix.indices], matrix.indices, matrix.indptr), matrix.shape
        )
        heavier = len(numbers) / (np.count_nonzero(counts) * counts[label]) if balanced else 1.0
        machine = LinearSVC(
            C=strength, tol=0.1, max_iter=3000, random_state=0, class_weight={True: heavier, False: 1.0}
        ).fit(scaled, numbers == label)
        weights[:, label] = machine.coef_[0] * scale
        bias[label] = machine.intercept_[0]
    return weights, bias


def _scale(own: NDArray[np.float64], rest: NDArray[np.float64]) -> Floats:
    """The signed root of the log of how much likelier each feature is under the label than under the rest."""
    ratio = np.log((own / own.sum()) / (rest / rest.sum()))
    scale: Floats = (np.sign(ratio) * np.sqrt(np.abs(ratio))).astype(np.float32)
    return scale


def _temperature(margins: Floats, numbers: Ints) -> float:
    """The temperature under which held-out texts are likeliest."""
    rows = np.arange(len(numbers))

    def surprise(log_temperature: float) -> float:
        chances = confidences(margins, float(np.exp(log_temperature)))
        return float(-np.log(np.maximum(chances[rows, numbers], 1e-9)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-5.0, 3.0), method="bounded").x))


def _thresholds(margins: Floats, numbers: Ints, temperature: float) -> dict[str, float | None]:
    chances = confidences(margins, temperature)
    confidence = chances.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    right = (chances.argmax(axis=1) == numbers)[order]
    return {promise: _threshold(confidence[order], right, int(promise) / 100) for promise in PROMISES}


def _threshold(confidence: NDArray[np.float64], right: NDArray[np.bool_], promise: float) -> float | None:
    """The lowest confidence from which the Wilson lower bound of the precision keeps the promise."""
    count = np.arange(1, len(right) + 1)
    share = np.cumsum(right) / count
    square = _CAREFUL**2
    spread = _CAREFUL * np.sqrt(share * (1 - share) / count + square / (4 * count**2))
    lower = (share + square / (2 * count) - spread) / (1 + square / count)
    kept = np.flatnonzero(lower >= promise)
    return float(confidence[kept[-1]]) if len(kept) else None


def start(topics: Iterable[Topic], *, strength: float = 0.3) -> Model:
    """Make a model from the words of the topics alone, for the time before any text is labelled.

    It ranks topics; it promises nothing, so every threshold is None and a person decides each text. Its
    temperature is fitted on the examples, sorted by a model that has not seen them.
    """
    listed = tuple(topics)
    blind = _started([replace(topic, examples=()) for topic in listed], strength=strength, temperature=1.0)
    place = {label: number for number, label in enumerate(blind.labels)}
    asked = [(example, place[topic.code]) for topic in listed for example in topic.examples]
    temperature = _USUAL_TEMPERATURE
    if len(asked) >= _ENOUGH_EXAMPLES:
        margins, _ = blind.margins(cut(example for example, _ in asked))
        temperature = _temperature(margins, np.array([label for _, label in asked]))
    return _started(listed, strength=strength, temperature=temperature)


def _started(topics: Sequence[Topic], *, strength: float, temperature: float) -> Model:
    told = [(text, topic.code) for topic in topics for text in _told(topic)]
    texts = [text for text, _ in told]
    numbers, names = _numbered(texts, [code for _, code in told])
    ready = cut(texts)
    features = learn_features(ready, least=1)
    matrix, _ = features.matrix(ready)
    weights, bias = _fit(matrix, numbers, len(names), balanced=True, strength=strength)
    return Model(
        labels=names,
        features=features,
        weights=weights,
        bias=bias,
        temperature=temperature,
        thresholds=dict.fromkeys(PROMISES),
        least_known=_STRANGE,
        about={"texts": 0, "counts": {}, "topics": len(names), "from": "topics"},
    )


def _told(topic: Topic) -> list[str]:
    """A topic as short texts: its name, examples and everyday words, and these mixed by threes."""
    words = topic.everyday_words
    mixed = [" ".join(words[start : start + 3]) for start in range(0, len(words), 3)]
    return [text for text in (topic.name_th, topic.description, *topic.examples, *words, *mixed) if text]
