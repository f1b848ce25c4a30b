"""How good a model is on labelled texts it has not seen: figures with intervals and a baseline beside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sala.engines.thai.routing.emergencies import is_emergency
from sala.engines.thai.routing.features import Ints, cut
from sala.engines.thai.routing.model import Model, confidences, standings

_BINS = 15
_RESAMPLES = 1000
_SEED = 20261122
_CHUNK = 2000


@dataclass(frozen=True)
class _Sorted:
    """What the model said of each text: three best labels, confidence, whether a person must see it; the truth."""

    truth: Ints  # −1: a label the model does not know
    best: Ints  # texts × up to 3
    confidence: NDArray[np.float64]
    standing: NDArray[np.float64]
    is_emergency: NDArray[np.bool_]
    familiar: NDArray[np.bool_]  # of a kind that was learned, and no emergency

    @property
    def right(self) -> NDArray[np.bool_]:
        is_right: NDArray[np.bool_] = self.best[:, 0] == self.truth
        return is_right


def evaluate(
    model: Model, texts: Sequence[str], labels: Sequence[str], *, clock: Callable[[], float] | None = None
) -> dict[str, Any]:
    """Sort `texts`, compare with `labels`, return the figures that `sala routing evaluate --json` prints.

    `top1`, `top3`, `macro_f1` (mean over labels that are true or predicted somewhere; a label unknown to
    the model counts 0), `ece` (expected calibration error, 15 equal bins, Naeini et al. 2015), and for each
    promise p of 95, 97, 99: `coverage_at_p`, the share that the threshold found in *training* lets go
    without a person, and `precision_at_p`, the share of those that went right (None if none went).
    `docs_per_second`, measured if a `clock` in seconds is given, is end to end, from raw text to label and
    confidence. `risk_coverage` is precision as ever less sure texts go on alone, `aurc` the mean share of wrong
    ones over it (Geifman et al. 2019), `reliability` the confidence told against the share right, by bin; both
    are what `to_svg` draws.

    Drift since training: `unfamiliar`, the share that the gates against new kinds keep back, beside
    `unfamiliar_in_training`; `standing_shift`, the population stability index of how far topics stand out (above
    .25 the texts are others than those learned from); `label_shift`, the share of texts that would have to change
    their predicted label for the mix of training. `emergencies` is the share that people see first.

    Raises ValueError without texts.
    """
    if not texts or len(texts) != len(labels):
        raise ValueError("as many labels as texts are needed, and at least one")
    begun = clock() if clock else 0.0
    told = _sort(model, texts, labels)
    seconds = clock() - begun if clock else 0.0
    names = np.unique(np.asarray(labels), return_inverse=True)[1]
    figures: dict[str, Any] = {"n": len(texts)} | _point_figures(told, names)
    figures |= _promises(model, told)
    figures["docs_per_second"] = round(len(texts) / seconds, 1) if seconds > 0 else None
    figures["unknown_labels"] = int((told.truth < 0).sum())
    figures["majority_top1"] = _majority(model.about.get("counts", {}), labels)
    figures["intervals_95"] = _intervals(told, names)
    figures |= _drift(model, told)
    figures |= _risk(told)
    figures["reliability"] = _reliability(told)
    figures["per_label"] = _per_label(told, labels)
    return figures


def _sort(model: Model, texts: Sequence[str], labels: Sequence[str]) -> _Sorted:
    parts = []
    for start in range(0, len(texts), _CHUNK):
        ready = cut(texts[start : start + _CHUNK])
        margins, known = model.margins(ready)
        chances = confidences(margins, model.temperature)
        ranks = np.argsort(-chances, axis=1, kind="stable")[:, :3]
        first = np.take_along_axis(chances, ranks[:, :1], axis=1)[:, 0]
        urgent = np.array([is_emergency(text) for text in ready.texts], dtype=bool)
        familiar = model.are_familiar(margins, known)
        parts.append((ranks, first, standings(margins), urgent, familiar & ~urgent))
    place = {label: number for number, label in enumerate(model.labels)}
    truth = np.array([place.get(label, -1) for label in labels], dtype=np.int64)
    return _Sorted(truth, *(np.concatenate(part) for part in zip(*parts, strict=True)))


def _point_figures(told: _Sorted, names: Ints) -> dict[str, float]:
    return {
        "top1": round(float(told.right.mean()), 4),
        "top3": round(float((told.best == told.truth[:, None]).any(axis=1).mean()), 4),
        "macro_f1": round(_macro_f1(told.truth, told.best[:, 0], names), 4),
        "ece": round(_calibration_error(told.confidence, told.right), 4),
    }


def _macro_f1(truth: Ints, guess: Ints, names: Ints) -> float:
    """`names` numbers the true labels, so that unknown ones (all −1 in `truth`) are counted one by one."""
    scores = []
    for label in np.union1d(truth[truth >= 0], guess):
        both = float(((truth == label) & (guess == label)).sum())
        scores.append(2 * both / float((truth == label).sum() + (guess == label).sum()))
    unknown = len(np.unique(names[truth < 0]))
    return float(np.sum(scores) / (len(scores) + unknown))


def _calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    bins = np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
    size = np.bincount(bins, minlength=_BINS)
    gap = np.bincount(bins, weights=right - confidence, minlength=_BINS)
    return float(np.abs(gap[size > 0]).sum() / len(right))


def _promises(model: Model, told: _Sorted) -> dict[str, float | None]:
    figures: dict[str, float | None] = {}
    for promise in model.thresholds:
        goes = told.familiar & (told.confidence >= model.confidences_asked(promise)[told.best[:, 0]])
        figures[f"coverage_at_{promise}"] = round(float(goes.mean()), 4)
        figures[f"precision_at_{promise}"] = round(float(told.right[goes].mean()), 4) if goes.any() else None
    return figures


def _drift(model: Model, told: _Sorted) -> dict[str, float | None]:
    """How other the texts are than those learned from; None where the model holds nothing to compare with."""
    calm = told.familiar | told.is_emergency
    figures: dict[str, float | None] = {
        "unfamiliar": round(float((~calm).mean()), 4),
        "unfamiliar_in_training": model.about.get("unfamiliar"),
        "emergencies": round(float(told.is_emergency.mean()), 4),
        "standing_shift": None,
        "label_shift": None,
    }
    counts = np.array(
        [model.about.get("counts", {}).get(label, 0) for label in model.labels], dtype=np.float64
    )
    if model.spread:
        figures["standing_shift"] = round(_stability(told.standing, np.array(model.spread)), 4)
    if counts.sum():
        now = np.bincount(told.best[:, 0], minlength=len(counts)) / len(told.best)
        figures["label_shift"] = round(float(np.abs(now - counts / counts.sum()).sum() / 2), 4)
    return figures


def _stability(values: NDArray[np.float64], edges: NDArray[np.float64]) -> float:
    """The population stability index over bins that held equal shares in training, half a text added to each."""
    bins = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1) + 0.5
    now, then = bins / bins.sum(), 1 / (len(edges) + 1)
    return float(((now - then) * np.log(now / then)).sum())


def _risk(told: _Sorted) -> dict[str, Any]:
    """Precision among the surest texts, at every hundredth of all; the unfamiliar ones come last."""
    order = np.lexsort((-told.confidence, ~told.familiar))
    count = np.arange(1, len(order) + 1)
    precision = np.cumsum(told.right[order]) / count
    ends = np.unique(np.ceil(np.linspace(0.01, 1, 100) * len(order)).astype(np.int64)) - 1
    points = [
        {
            "coverage": round(float(count[end] / len(order)), 4),
            "precision": round(float(precision[end]), 4),
            "confidence": round(float(told.confidence[order][end]), 4),
        }
        for end in ends
    ]
    return {"aurc": round(float((1 - precision).mean()), 4), "risk_coverage": points}


def _reliability(told: _Sorted) -> list[dict[str, float]]:
    """For each bin of confidence that holds texts: how many, the mean confidence, the share right."""
    bins = np.minimum((told.confidence * _BINS).astype(np.int64), _BINS - 1)
    return [
        {
            "n": int((bins == one).sum()),
            "confidence": round(float(told.confidence[bins == one].mean()), 4),
            "right": round(float(told.right[bins == one].mean()), 4),
        }
        for one in np.unique(bins)
    ]


def _majority(counts: Mapping[str, int], labels: Sequence[str]) -> float | None:
    """What always answering the commonest training label would get right."""
    if not counts:
        return None
    commonest = max(sorted(counts), key=lambda label: counts[label])
    return round(sum(label == commonest for label in labels) / len(labels), 4)


def _intervals(told: _Sorted, names: Ints) -> dict[str, list[float]]:
    """95 % percentile bootstrap over texts (Efron 1979), from a fixed seed."""
    random = np.random.default_rng(_SEED)
    size = len(told.truth)
    drawn: dict[str, list[float]] = {"top1": [], "top3": [], "macro_f1": []}
    in_three = (told.best == told.truth[:, None]).any(axis=1)
    for _ in range(_RESAMPLES):
        picked = random.integers(0, size, size)
        drawn["top1"].append(float(told.right[picked].mean()))
        drawn["top3"].append(float(in_three[picked].mean()))
        drawn["macro_f1"].append(_macro_f1(told.truth[picked], told.best[picked, 0], names[picked]))
    return {
        name: [round(float(edge), 4) for edge in np.quantile(of, (0.025, 0.975))]
        for name, of in drawn.items()
    }


def _per_label(told: _Sorted, labels: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each true label: how many texts, and the share found (recall)."""
    marks = np.asarray(labels)
    return {
        str(label): {
            "n": int((marks == label).sum()),
            "recall": round(float(told.right[marks == label].mean()), 4),
        }
        for label in np.unique(marks)
    }
