"""From margins to confidence that is borne out, and the confidence from which a promise is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from sala.engines.thai.routing.features import Floats, Ints
from sala.engines.thai.routing.model import confidences

Doubles = NDArray[np.float64]

#: Promised precisions, in per cent, for which a confidence threshold is sought.
PROMISES = ("95", "97", "99")
_CAREFUL = 1.96  # one-sided 97.5 % normal quantile: the promise should hold beyond the training texts
_PULL = 0.003  # towards one temperature for all labels; chosen by cross-validation, docs/bench/thai.md
_BORROWED = 20
#: A confidence that no text reaches.
NEVER = 2.0
_LOWEST = -10.0  # a label that some folds lack can never win there; how far below is no evidence


@dataclass(frozen=True)
class Margins:
    """What two sorters say of texts (texts × labels): the support vector machines, and naive Bayes."""

    machine: Floats
    bayes: Floats

    def __getitem__(self, rows: NDArray[np.bool_]) -> "Margins":
        return Margins(self.machine[rows], self.bayes[rows])


@dataclass(frozen=True)
class Scaling:
    """For each label: how much its two margins count, and what is added."""

    machine: Doubles
    bayes: Doubles
    bias: Doubles

    def chances(self, margins: Margins) -> Doubles:
        """The chance of each label (texts × labels)."""
        return confidences(self.margins(margins), 1.0)

    def margins(self, margins: Margins) -> Doubles:
        """The two margins as the one that a model keeps (texts × labels)."""
        scaled = np.maximum(margins.machine.astype(np.float64), _LOWEST) * self.machine
        told: Doubles = scaled + margins.bayes * self.bayes + self.bias
        return told


def fit_scaling(margins: Margins, numbers: Ints) -> Scaling:
    """The scaling under which held-out texts are likeliest, held near one temperature for all labels.

    Vector scaling (Guo et al. 2017) over the margins of both sorters; `numbers` are the true labels.
    """
    count, labels = margins.machine.shape
    machine = np.maximum(margins.machine.astype(np.float64), _LOWEST)
    spread = max(float(margins.bayes.std()), 1e-9)
    bayes = margins.bayes.astype(np.float64) / spread
    usual = 1 / temperature_of(margins.machine, numbers)
    truth = np.zeros((count, labels))
    truth[np.arange(count), numbers] = 1.0

    def surprise(asked: Doubles) -> tuple[float, Doubles]:
        tilt, mix, bias = asked.reshape(3, labels)
        scale = usual * np.exp(tilt)
        chances = confidences(machine * scale + bayes * mix + bias, 1.0)
        missed = -np.log(np.maximum((chances * truth).sum(axis=1), 1e-12)).mean()
        gap = (chances - truth) / count
        slope = ((gap * machine).sum(axis=0) * scale, (gap * bayes).sum(axis=0), gap.sum(axis=0))
        return float(missed + _PULL * (asked @ asked)), np.concatenate(slope) + 2 * _PULL * asked

    found = minimize(surprise, np.zeros(3 * labels), jac=True, method="L-BFGS-B").x.reshape(3, labels)
    return Scaling(usual * np.exp(found[0]), found[1] / spread, found[2])


def temperature_of(margins: Floats, numbers: Ints) -> float:
    """The one temperature under which held-out texts are likeliest."""
    rows = np.arange(len(numbers))

    def surprise(log_temperature: float) -> float:
        chances = confidences(margins, float(np.exp(log_temperature)))
        return float(-np.log(np.maximum(chances[rows, numbers], 1e-9)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-5.0, 3.0), method="bounded").x))


def held_out_chances(margins: Margins, numbers: Ints, folds: Ints) -> Doubles:
    """The chances of held-out texts, each fold's under a scaling fitted on the others."""
    chances = np.zeros(margins.machine.shape)
    for fold in np.unique(folds):
        inside = folds == fold
        chances[inside] = fit_scaling(margins[~inside], numbers[~inside]).chances(margins[inside])
    return chances


def thresholds_of(
    chances: Doubles, numbers: Ints, promises: Sequence[str] = PROMISES
) -> dict[str, float | None]:
    """For each promise the confidence from which held-out texts keep it, or None."""
    confidence = chances.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    right = (chances.argmax(axis=1) == numbers)[order]
    return {promise: _threshold(confidence[order], right, int(promise) / 100) for promise in promises}


def label_thresholds(
    chances: Doubles, numbers: Ints, thresholds: Mapping[str, float | None]
) -> dict[str, dict[int, float]]:
    """For each promise that can be kept, the confidence from which each label keeps it for its own texts.

    At least the common threshold; higher for a label that draws what is not its own. Twenty texts that just keep
    the promise are added to each label's own, so that one slip among few does not shut it. 2.0 where none does.
    """
    confidence, guess = chances.max(axis=1), chances.argmax(axis=1)
    return {
        promise: {
            label: _own_threshold(
                confidence, guess == numbers, guess == label, (threshold, int(promise) / 100)
            )
            for label in range(chances.shape[1])
        }
        for promise, threshold in thresholds.items()
        if threshold is not None
    }


def _own_threshold(
    confidence: Doubles, right: NDArray[np.bool_], is_guessed: NDArray[np.bool_], asked: tuple[float, float]
) -> float:
    least, promise = asked
    own = np.flatnonzero(is_guessed & (confidence >= least))
    if not len(own):
        return least
    own = own[np.argsort(-confidence[own], kind="stable")]
    share = (np.cumsum(right[own]) + _BORROWED * promise) / (np.arange(1, len(own) + 1) + _BORROWED)
    kept = np.flatnonzero(share >= promise)
    if not len(kept):
        return NEVER
    return least if kept[-1] == len(own) - 1 else float(confidence[own[kept[-1]]])


def _threshold(confidence: Doubles, right: NDArray[np.bool_], promise: float) -> float | None:
    """The lowest confidence from which the Wilson lower bound of the precision keeps the promise."""
    count = np.arange(1, len(right) + 1)
    share = np.cumsum(right) / count
    square = _CAREFUL**2
    spread = _CAREFUL * np.sqrt(share * (1 - share) / count + square / (4 * count**2))
    lower = (share + square / (2 * count) - spread) / (1 + square / count)
    kept = np.flatnonzero(lower >= promise)
    return float(confidence[kept[-1]]) if len(kept) else None
