"""Kinds never learned, once more: what one text tells of its kind, and what many texts of one time tell together.

Run alone: `python tests/bench/thai_unseen.py`. Each class of the news is left out of learning in turn. Told is the
share of its texts that goes on where .88 of held-out known texts do: by how far the likeliest topic stands out
alone, and with words that surge in a batch (the held-out known texts, and one of the class for each six of them).
How much a word must surge is chosen on the other classes, never on the one told.
"""

import random
from collections import Counter
from collections.abc import Iterable

import numpy as np
import thai as bench
from numpy.typing import NDArray

from sala.engines import thai
from sala.engines.thai.routing import training
from sala.engines.thai.routing.features import cut
from sala.engines.thai.routing.model import standings

COVERAGE = 0.88
#: How many times as often as in training a word must stand in the batch, and by how many standard deviations more.
CHOICES = ((2.0, 4.0), (3.0, 4.0), (3.0, 6.0), (5.0, 6.0))
LEAST_TEXTS = 8


def main(letters: int = 300) -> None:
    """Print the table for docs/bench/thai.md."""
    train, test = bench._split(bench._news(letters))
    told = {left_out: _class(train, test, left_out) for left_out in sorted({label for _, label in train})}
    print(
        "| left out | standing alone | " + " | ".join(f"surge {a:.0f} ×, {b:.0f} σ" for a, b in CHOICES),
        end="",
    )
    print(
        " | chosen on the others | known texts that hold a word that surges |\n|---|"
        + "--:|" * (len(CHOICES) + 3)
    )
    chosen = []
    for name, row in told.items():
        others = np.array([other[0][1:] for key, other in told.items() if key != name])
        best = int(others.mean(axis=0).argmin())
        chosen.append([*row[0], row[0][1 + best], row[1][best]])
        print(f"| {name} | " + " | ".join(f"{share:.3f}" for share in chosen[-1]) + " |")
    for name, part in (("mean", chosen), ("mean without the pandemic", chosen[1:])):
        print(f"| **{name}** | " + " | ".join(f"{share:.3f}" for share in np.mean(part, axis=0)) + " |")


def _class(train: bench.Labelled, test: bench.Labelled, left_out: str) -> tuple[list[float], list[float]]:
    learned = [row for row in train if row[1] != left_out]
    model = training.train([text for text, _ in learned], [label for _, label in learned])
    known = [text for text, label in test if label != left_out]
    new = [text for part in (train, test) for text, label in part if label == left_out]
    batch = known + random.Random(bench.SEED).sample(new, len(known) // 6)
    of_known, of_new = (standings(model.margins(cut(texts))[0]) for texts in (known, new))
    shares, cost = [_passing(of_known, of_new)], []
    counts, base = _texts_with(batch), _texts_with([text for text, _ in learned])
    for lift, deviations in CHOICES:
        surging = set()
        for word, count in counts.items():
            usual = len(batch) * (base[word] + 0.5) / (len(learned) + 1)
            if count >= LEAST_TEXTS and count >= lift * usual and count - usual >= deviations * usual**0.5:
                surging.add(word)
        held, held_new = (
            np.array([not surging.isdisjoint(thai.tokens(text)) for text in texts]) for texts in (known, new)
        )
        shares.append(_passing(np.where(held, -np.inf, of_known), np.where(held_new, -np.inf, of_new)))
        cost.append(float(held.mean()))
    return shares, cost


def _texts_with(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in set(thai.tokens(text)))


def _passing(known: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    return float((new >= np.quantile(known, 1 - COVERAGE, method="lower")).mean())


if __name__ == "__main__":
    main()
