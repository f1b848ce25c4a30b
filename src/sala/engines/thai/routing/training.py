"""Learn to sort texts from labelled ones, or, before there are any, from the names of the topics."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from sala.engines.thai.routing.calibration import (
    PROMISES,
    Margins,
    fit_scaling,
    held_out_chances,
    label_thresholds,
    temperature_of,
    thresholds_of,
)
from sala.engines.thai.routing.features import Floats, Ints, cut, learn_features
from sala.engines.thai.routing.model import Model, standings
from sala.engines.thai.topics import OTHER, Topic

_FOLDS = 3  # promises are kept as with four (docs/bench/thai.md), in three quarters of the time
_TOLERANCE = 0.3  # of the solver; 0.1 sorts no better (docs/bench/thai.md)
_SMOOTHING = 0.05
_BAYES_SMOOTHING = 0.3
_RARER = 0.5  # a label weighs the root of how much rarer than the average it is
_STRANGE = 0.2  # without training texts: a text that shares fewer letter runs with all topics is about none
_USUAL_TEMPERATURE = 0.2  # of Sala's own topics; for lists with few examples
_ENOUGH_EXAMPLES = 30
# New kinds of text are told by two gates. Each shuts out a part of the known ones too, since they overlap; these
# parts leave the aim of .88 on held-out kinds (docs/bench/thai.md has what others would give).
_UNLIKE = 0.005  # this share of training texts, those that share the fewest letter runs with the others
_SLACK = 0.97  # of what those know: texts made by one form know almost all of one another's runs
_STANDS_LOW = 0.14  # and this one, whose topic stands out least


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

    Rare labels weigh the root of how rare they are, wholly with `balanced` (better on small ones, a little
    worse over all); `words_only` leaves out letter runs (faster, weaker: the baseline); `strength` is the C of
    the support vector machine. The same texts in the same order give the same model to the byte. Raises
    TrainingDataError with fewer than two labels, with texts and labels of different number, or with an empty
    label.
    """
    numbers, names = _numbered(texts, labels)
    ready = cut(texts)
    features = learn_features(ready, most_runs=0 if words_only else 300_000)
    matrix, _ = features.matrix(ready)
    if not matrix.shape[1]:
        raise TrainingDataError("no word or run of letters stands in more than one of these texts")
    folds = _folds(ready.texts, numbers)
    evened = 1.0 if balanced else _RARER
    margins = _held_out(matrix, numbers, folds, evened=evened, strength=strength)
    chances = held_out_chances(margins, numbers, folds)
    standing = standings(fit_scaling(margins, numbers).margins(margins))
    thresholds = thresholds_of(chances, numbers)
    fitted = _fit(matrix, numbers, len(names), evened=evened, strength=strength)
    weights, bias = fitted.scaled(margins, numbers)
    return Model(
        labels=names,
        features=features,
        weights=weights,
        bias=bias,
        temperature=1.0,
        thresholds=thresholds,
        label_thresholds={
            promise: {names[label]: least for label, least in own.items()}
            for promise, own in label_thresholds(chances, numbers, thresholds).items()
        },
        least_known=0.0
        if words_only
        else _SLACK * float(np.quantile(features.known_elsewhere(ready), _UNLIKE)),
        least_standing=float(np.quantile(standing, _STANDS_LOW)),
        spread=tuple(float(edge) for edge in np.quantile(standing, np.linspace(0.05, 0.95, 19))),
        other=other,
        about={
            "texts": len(texts),
            "counts": {name: int(count) for name, count in zip(names, np.bincount(numbers), strict=True)},
            "unfamiliar": round(float((standing < np.quantile(standing, _STANDS_LOW)).mean()) + _UNLIKE, 4),
            "held_out_top1": round(float((chances.argmax(axis=1) == numbers).mean()), 4),
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


@dataclass(frozen=True)
class _Fitted:
    """Weights (columns × labels) and bias of the machines, and the weights of naive Bayes."""

    weights: Floats
    bias: Floats
    bayes: Floats

    def margins(self, matrix: sparse.csr_matrix) -> Margins:
        return Margins(np.asarray(matrix @ self.weights + self.bias), np.asarray(matrix @ self.bayes))

    def scaled(self, held_out: Margins, numbers: Ints) -> tuple[Floats, Floats]:
        """One linear sorter that is both, scaled as held-out margins ask: weights and bias."""
        scaling = fit_scaling(held_out, numbers)
        weights = self.weights * scaling.machine + self.bayes * scaling.bayes
        bias = self.bias * scaling.machine + scaling.bias
        return weights.astype(np.float32), bias.astype(np.float32)


def _held_out(
    matrix: sparse.csr_matrix, numbers: Ints, folds: Ints, *, evened: float, strength: float
) -> Margins:
    """What sorters that have not seen a text say of it, fold by fold."""
    labels = int(numbers.max()) + 1
    machine, bayes = np.zeros((2, len(numbers), labels), dtype=np.float32)
    # One after the other: the solver draws from one generator per process, so threads would race for it.
    for fold in range(_FOLDS):
        inside = folds == fold
        fitted = _fit(matrix[~inside], numbers[~inside], labels, evened=evened, strength=strength)
        told = fitted.margins(matrix[inside])
        machine[inside], bayes[inside] = told.machine, told.bayes
    return Margins(machine, bayes)


def _fit(matrix: sparse.csr_matrix, numbers: Ints, labels: int, *, evened: float, strength: float) -> _Fitted:
    """Learn from texts; a label that this part of them lacks can never win.

    Each label has its own machine against the rest, on features scaled by the root of how much more of the
    label's mass than of the rest's they hold (after the NB-SVM of Wang and Manning 2012). `evened` is how far
    rare labels weigh as much as common ones: 0 not at all, 1 wholly.
    """
    matrix = matrix.astype(np.float64)  # the solver's own type, converted once
    counts = np.bincount(numbers, minlength=labels)
    weights = np.zeros((matrix.shape[1], labels), dtype=np.float32)
    bayes = np.zeros((matrix.shape[1], labels), dtype=np.float32)
    bias = np.full(labels, -1e3, dtype=np.float32)
    texts = np.arange(len(numbers))
    member = sparse.csr_matrix((np.ones(len(texts)), (numbers, texts)), shape=(labels, len(texts)))
    mass = (member @ matrix).toarray()
    everything = mass.sum(axis=0)
    for label in np.flatnonzero(counts):
        if counts[label] == len(numbers):
            bias[label] = 1.0
            continue
        own, rest = mass[label], everything - mass[label]
        bayes[:, label] = _log_ratio(own + _BAYES_SMOOTHING, rest + _BAYES_SMOOTHING)
        ratio = _log_ratio(own + _SMOOTHING, rest + (labels - 1) * _SMOOTHING)
        scale = np.sign(ratio) * np.sqrt(np.abs(ratio))
        scaled = sparse.csr_matrix(
            (matrix.data * scale[matrix.indices], matrix.indices, matrix.indptr), matrix.shape
        )
        heavier = float(len(numbers) / (np.count_nonzero(counts) * counts[label])) ** evened
        machine = LinearSVC(
            C=strength,
            tol=_TOLERANCE,
            max_iter=3000,
            random_state=0,
            class_weight={True: heavier, False: 1.0},
        ).fit(scaled, numbers == label)
        weights[:, label] = machine.coef_[0] * scale
        bias[label] = machine.intercept_[0]
    return _Fitted(weights, bias, bayes)


def _log_ratio(own: NDArray[np.float64], rest: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log of how much likelier each feature is under the label than under the rest."""
    ratio: NDArray[np.float64] = np.log((own / own.sum()) / (rest / rest.sum()))
    return ratio


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
        temperature = temperature_of(margins, np.array([label for _, label in asked]))
    return _started(listed, strength=strength, temperature=temperature)


def _started(topics: Sequence[Topic], *, strength: float, temperature: float) -> Model:
    told = [(text, topic.code) for topic in topics for text in _told(topic)]
    texts = [text for text, _ in told]
    numbers, names = _numbered(texts, [code for _, code in told])
    ready = cut(texts)
    features = learn_features(ready, least=1)
    matrix, _ = features.matrix(ready)
    fitted = _fit(matrix, numbers, len(names), evened=1.0, strength=strength)
    return Model(
        labels=names,
        features=features,
        weights=fitted.weights,
        bias=fitted.bias,
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
