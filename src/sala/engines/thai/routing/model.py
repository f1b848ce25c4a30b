"""The trained sorter: margins, confidence, the three likeliest topics, and the words that decided."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sala.engines.thai.dictionary import DICTIONARY_HASH, TOKENISER
from sala.engines.thai.normalise import NORMALISER_VERSION
from sala.engines.thai.routing.emergencies import is_emergency
from sala.engines.thai.routing.features import Cut, Features, Floats, cut, letter_runs

#: Raise it when files written by an older version can no longer be read.
FORMAT = 3
_NEVER = 2.0
_ARRAYS = ("pairs", "runs", "rarity", "weights", "bias")


class ModelFileError(ValueError):
    """Files that are not a model this version can use; the message says why."""


@dataclass(frozen=True)
class Prediction:
    """What the sorter says of one text.

    `label` is the likeliest topic and `confidence` the calibrated chance that it is right. `automatic`
    tells whether the text may go there without a person; if not, `reason` is "emergency", "unfamiliar" or "unsure"
    and `decision` is "other". `words`, if asked for, are those that spoke most for `label` against the
    runner-up, with their weight.
    """

    label: str
    confidence: float
    decision: str
    automatic: bool
    reason: str
    top: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Model:
    """A linear support vector machine per topic over `features`, and what was learned about its own errors.

    `thresholds` maps a promised precision ("95", "97", "99") to the confidence from which training texts held
    out of the fit kept it, or None if none did; `label_thresholds` holds the higher ones of labels that draw what
    is not theirs. A text is unfamiliar, whatever its confidence, if it knows a smaller share of letter runs than
    `least_known`, or if its likeliest topic stands out less than `least_standing` (see `standings`). `spread` are
    twentieths of how far held-out training texts stood out, to tell drift by. `about` is free metadata for people.
    """

    labels: tuple[str, ...]
    features: Features
    weights: Floats  # columns × labels
    bias: Floats
    temperature: float
    thresholds: Mapping[str, float | None]
    least_known: float
    other: str = "other"
    about: Mapping[str, Any] = field(default_factory=dict)
    least_standing: float = 0.0
    label_thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    spread: tuple[float, ...] = ()

    def margins(self, ready: Cut) -> tuple[Floats, Floats]:
        """Return (texts × labels) margins and each text's share of known letter runs."""
        matrix, known = self.features.matrix(ready)
        return self._margins_of(matrix), known

    def _margins_of(self, matrix: sparse.csr_matrix) -> Floats:
        return np.asarray(matrix @ self.weights + self.bias, dtype=np.float32)

    def predict(
        self, texts: Iterable[str], *, promise: str = "97", explain: bool = False
    ) -> list[Prediction]:
        """Sort texts. `promise` names the threshold for going on without a person; `explain` adds words."""
        if promise not in self.thresholds:
            raise ValueError(f"no threshold for {promise}; there are {', '.join(self.thresholds)}")
        ready = cut(texts)
        matrix, known = self.features.matrix(ready)
        margins = self._margins_of(matrix)
        chances = confidences(margins, self.temperature)
        ranks = np.argsort(-chances, axis=1, kind="stable")[:, :3]
        familiar = self.are_familiar(margins, known)
        least = self.confidences_asked(promise)
        reasons = [
            self._reason(text, chances[row, ranks[row, 0]] >= least[ranks[row, 0]], bool(familiar[row]))
            for row, text in enumerate(ready.texts)
        ]
        return [
            self._prediction(chances[row], ranks[row], reasons[row], words)
            for row, words in enumerate(
                self._words(ready, matrix, ranks) if explain else [()] * len(ready.texts)
            )
        ]

    def are_familiar(self, margins: Floats, known: Floats) -> NDArray[np.bool_]:
        """Which texts are of a kind that was learned, by their margins and shares of known letter runs."""
        familiar: NDArray[np.bool_] = (known >= self.least_known) & (
            standings(margins) >= self.least_standing
        )
        return familiar

    def confidences_asked(self, promise: str) -> NDArray[np.float64]:
        """For each label the confidence from which a text goes on alone; beyond all reach if none does."""
        common = self.thresholds[promise]
        own = self.label_thresholds.get(promise, {})
        return np.array([_NEVER if common is None else own.get(label, common) for label in self.labels])

    @staticmethod
    def _reason(text: str, is_sure: bool, is_familiar: bool) -> str:
        if is_emergency(text):
            return "emergency"
        if not is_familiar:
            return "unfamiliar"
        return "confident" if is_sure else "unsure"

    def _prediction(
        self,
        chances: NDArray[np.float64],
        ranks: NDArray[np.int64],
        reason: str,
        words: tuple[tuple[str, float], ...],
    ) -> Prediction:
        label, confidence = self.labels[ranks[0]], float(chances[ranks[0]])
        return Prediction(
            label=label,
            confidence=confidence,
            decision=label if reason == "confident" else self.other,
            automatic=reason == "confident",
            reason=reason,
            top=tuple((self.labels[rank], float(chances[rank])) for rank in ranks),
            words=words,
        )

    def _words(
        self, ready: Cut, matrix: sparse.csr_matrix, ranks: NDArray[np.int64]
    ) -> Iterator[tuple[tuple[str, float], ...]]:
        matrix.sort_indices()
        for row, pieces in enumerate(ready.pieces):
            columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            values = matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]]
            label, rival = ranks[row, 0], ranks[row, min(1, ranks.shape[1] - 1)]
            gains = values * (self.weights[columns, label] - self.weights[columns, rival])
            yield deciding_words(self.features, ready.texts[row], pieces, Gains(columns, gains))

    def files(self) -> dict[str, bytes]:
        """Return the model as files by name: readable JSON and plain arrays, nothing that can run."""
        meta = {
            "format": FORMAT,
            "normaliser": NORMALISER_VERSION,
            "tokeniser": TOKENISER,
            "dictionary": DICTIONARY_HASH,
            "labels": self.labels,
            "temperature": self.temperature,
            "thresholds": self.thresholds,
            "least_known": self.least_known,
            "least_standing": self.least_standing,
            "label_thresholds": self.label_thresholds,
            "spread": self.spread,
            "other": self.other,
            "about": self.about,
            "words": self.features.words,
        }
        of = self.features
        arrays: dict[str, NDArray[Any]] = {
            "pairs": of.pairs,
            "runs": of.runs,
            "rarity": of.rarity,
            "weights": self.weights,
            "bias": self.bias,
        }
        return {
            "model.json": json.dumps(meta, ensure_ascii=False, indent=1).encode(),
            "arrays.npz": _zipped(arrays),
        }


def _zipped(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz whose bytes depend on the arrays alone (numpy's own writer stamps the time)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), part.getvalue(), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def read_model(files: Mapping[str, bytes]) -> Model:
    """Return the model that `Model.files` wrote. Raises ModelFileError if damaged or of another version."""
    try:
        meta = json.loads(files["model.json"])
        with np.load(io.BytesIO(files["arrays.npz"]), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in _ARRAYS}
    except KeyError as missing:
        raise ModelFileError(f"the model has no {missing.args[0]}") from missing
    except (ValueError, OSError, zipfile.BadZipFile) as damage:
        raise ModelFileError(f"the model files are damaged: {damage}") from damage
    _check_versions(meta)
    features = Features(tuple(meta["words"]), arrays["pairs"], arrays["runs"], arrays["rarity"])
    model = Model(
        labels=tuple(meta["labels"]),
        features=features,
        weights=arrays["weights"],
        bias=arrays["bias"],
        temperature=float(meta["temperature"]),
        thresholds=dict(meta["thresholds"]),
        least_known=float(meta["least_known"]),
        other=str(meta["other"]),
        about=dict(meta["about"]),
        least_standing=float(meta["least_standing"]),
        label_thresholds=dict(meta["label_thresholds"]),
        spread=tuple(meta["spread"]),
    )
    if model.weights.shape != (features.columns, len(model.labels)) or model.bias.shape != (
        len(model.labels),
    ):
        raise ModelFileError("the model files do not belong together: their sizes differ")
    return model


def _check_versions(meta: Any) -> None:
    wanted = {
        "format": FORMAT,
        "normaliser": NORMALISER_VERSION,
        "tokeniser": TOKENISER,
        "dictionary": DICTIONARY_HASH,
    }
    if not isinstance(meta, dict):
        raise ModelFileError("model.json is not a model")
    for name, value in wanted.items():
        if meta.get(name) != value:
            raise ModelFileError(f"the model was made with another {name} ({meta.get(name)}); train it again")


def standings(margins: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """How far the likeliest topic of each text stands out from the mean of all topics.

    Confidence only weighs the topics against one another: a text that is about none of them may still have a
    clear best. How far that best stands out at all tells such texts better (docs/bench/thai.md); after the
    maximum logit of Vaze et al. 2022, centred, since every topic's margin falls on strange texts.
    """
    told = margins.astype(np.float64)
    return np.asarray(told.max(axis=1, initial=-np.inf) - told.mean(axis=1))


def confidences(margins: NDArray[np.floating[Any]], temperature: float) -> NDArray[np.float64]:
    """Softmax of the margins divided by the temperature (Guo et al. 2017)."""
    scaled = margins.astype(np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True, initial=-np.inf)
    chances = np.exp(scaled)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Gains:
    """What each column of one text adds to the margin of its topic over the runner-up; columns ascend."""

    columns: NDArray[Any]
    gains: NDArray[Any]

    def of(self, columns: NDArray[Any]) -> NDArray[np.float64]:
        """The gains of some columns, 0 where the text has none."""
        if not len(self.columns):
            return np.zeros(len(columns))
        where = np.minimum(np.searchsorted(self.columns, columns), len(self.columns) - 1)
        return np.where(self.columns[where] == columns, self.gains[where], 0.0).astype(np.float64)


def deciding_words(
    features: Features, text: str, pieces: Sequence[str], gains: Gains, *, most: int = 5
) -> tuple[tuple[str, float], ...]:
    """The words of one text that spoke most for its topic against the runner-up, heaviest first.

    A word's weight is its own share of the margin between the two, that of the pairs it is in, and that of
    the letter runs that lie on it, each run shared out over its letters.
    """
    letters = np.concatenate(([0.0], np.cumsum(_letter_gains(features, text, gains))))
    totals: dict[str, float] = {}
    start = 1  # the text is padded by one space
    for piece in pieces:
        end = start + len(piece)
        if any(sign.isalnum() for sign in piece):
            totals[piece] = totals.get(piece, 0.0) + float(letters[end] - letters[start])
        start = end
    for piece, weight in _word_gains(features, list(pieces), gains):
        totals[piece] = totals.get(piece, 0.0) + weight
    found = [(weight, word) for word, weight in totals.items() if weight > 0]
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    return tuple((word, round(weight, 4)) for weight, word in found[:most])


def _letter_gains(features: Features, text: str, gains: Gains) -> NDArray[np.float64]:
    """What each letter of the padded text adds: every run's gain shared over its places and their letters."""
    _, keys, places = letter_runs([text])
    where = np.minimum(np.searchsorted(features.runs, keys), max(0, len(features.runs) - 1))
    known = features.runs[where] == keys if len(features.runs) else np.zeros(len(keys), dtype=bool)
    where, places, keys = where[known], places[known], keys[known]
    _, place_of, times = np.unique(where, return_inverse=True, return_counts=True)
    sizes = 2 + (keys >> 60)
    each = gains.of(len(features.words) + len(features.pairs) + where) / times[place_of] / sizes
    letters = np.zeros(len(text) + 2)
    for step in range(5):
        inside = sizes > step
        letters += np.bincount(places[inside] + step, weights=each[inside], minlength=len(letters))
    return letters


def _word_gains(features: Features, pieces: list[str], gains: Gains) -> Iterator[tuple[str, float]]:
    """What each known word adds by itself, and half of what each pair adds to either of its words."""
    _, columns = features.word_entries([pieces])
    told = dict(zip(columns.tolist(), gains.of(columns).tolist(), strict=True))
    for column, gain in told.items():
        if column < len(features.words):
            yield features.words[column], gain
        else:
            key = int(features.pairs[column - len(features.words)])
            left, right = divmod(key, len(features.words))
            yield features.words[left], gain / 2
            yield features.words[right], gain / 2
