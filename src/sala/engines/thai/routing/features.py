"""Turn texts into numbers: words, pairs of words and runs of two to five letters, weighed by rarity."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sala.engines.thai.normalise import normalise
from sala.engines.thai.tokens import pieces

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: Letter runs counted, shortest and longest.
SHORTEST_RUN, LONGEST_RUN = 2, 5
#: A longer text is read up to here: the matter stands in its first screens, and none stalls a batch.
LONGEST_TEXT = 4000
#: Letter runs see more than words do in short, misspelt texts: their block is this much longer.
RUN_WEIGHT = np.float32(1.9)
_RARITY_POWER = 0.25
_BITS = 12  # of each letter: Thai (U+0E00…) and Latin (U+0000…) letters stay apart
_MASK = (1 << _BITS) - 1
_BATCH = 1024


@dataclass(frozen=True)
class Cut:
    """Texts made ready: normalised lower-case text and its pieces (words, spaces and signs)."""

    texts: list[str]
    pieces: list[list[str]]


def cut(texts: Iterable[str]) -> Cut:
    """Normalise texts and cut them into pieces."""
    ready = [normalise(text[: 2 * LONGEST_TEXT])[:LONGEST_TEXT].lower() for text in texts]
    return Cut(ready, [pieces(text) for text in ready])


def letter_runs(texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Return (text number, key, place) of every letter run of every text; a text counts as padded by spaces.

    The key holds the letters themselves, 12 bits each, and the length; `place` is where the run begins in the
    padded text. Runs never reach over the end of a text.
    """
    lengths = np.fromiter((len(text) + 2 for text in texts), dtype=np.int64, count=len(texts))
    joined = "".join(chain.from_iterable((" ", text, " ") for text in texts))
    letters = (
        np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64) & _MASK
    )
    owner = np.repeat(np.arange(len(texts)), lengths)
    begins = np.concatenate(([0], np.cumsum(lengths)))[:-1]
    rows, keys, places = [], [], []
    code = letters.copy()
    for size in range(SHORTEST_RUN, LONGEST_RUN + 1):
        count = max(0, len(letters) - size + 1)
        code = (code[:count] << _BITS) | letters[size - 1 : size - 1 + count]
        whole = np.flatnonzero(owner[:count] == owner[size - 1 : size - 1 + count])
        rows.append(owner[whole])
        keys.append(code[whole] | ((size - SHORTEST_RUN) << (_BITS * LONGEST_RUN)))
        places.append(whole - begins[owner[whole]])
    return np.concatenate(rows), np.concatenate(keys), np.concatenate(places)


def _found(keys: Ints, vocabulary: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Which keys the sorted vocabulary holds, and where."""
    where = np.searchsorted(vocabulary, keys)
    where[where == len(vocabulary)] = 0
    known = vocabulary[where] == keys if len(vocabulary) else np.zeros(len(keys), dtype=bool)
    return known, where


def _frequent(rows: Ints, keys: Ints, *, least: int, most: int) -> tuple[Ints, Ints]:
    """Keys in at least `least` texts, the `most` most frequent, sorted; and in how many texts each is."""
    distinct, codes = np.unique(keys, return_inverse=True)
    pairs = sparse.csr_matrix(
        (np.ones(len(rows), dtype=np.int8), (codes, rows)),
        shape=(len(distinct), int(rows.max(initial=0)) + 1),
    )
    in_texts = np.diff(pairs.indptr)
    kept = np.flatnonzero(in_texts >= least)
    if len(kept) > most:
        kept = np.sort(kept[np.argsort(-in_texts[kept], kind="stable")[:most]])
    return distinct[kept], in_texts[kept]


def _rarity(in_texts: Ints, texts: int) -> Floats:
    """Inverse document frequency, smoothed as if one more text held everything (Spärck Jones 1972), damped.

    What tells the labels apart is weighed again in training, so rarity itself counts for little.
    """
    return ((np.log((1 + texts) / (1 + in_texts)) + 1) ** _RARITY_POWER).astype(np.float32)


@dataclass(frozen=True)
class Features:
    """A vocabulary and the weight of each entry; columns are words, then pairs, then letter runs."""

    words: tuple[str, ...]
    pairs: Ints
    runs: Ints
    rarity: Floats

    @property
    def columns(self) -> int:
        """How many columns a matrix of these features has."""
        return len(self.words) + len(self.pairs) + len(self.runs)

    def matrix(self, ready: Cut) -> tuple[sparse.csr_matrix, Floats]:
        """Return a row per text (words of length 1, runs of 1.9), and its share of known letter runs."""
        blocks, shares = [], []
        for start in range(0, len(ready.texts), _BATCH):
            end = start + _BATCH
            rows, share = self._batch(Cut(ready.texts[start:end], ready.pieces[start:end]))
            blocks.append(rows)
            shares.append(share)
        if not blocks:
            return sparse.csr_matrix((0, self.columns), dtype=np.float32), np.zeros(0, dtype=np.float32)
        # One block is the usual case: a single text is being filed, and waits.
        whole = blocks[0] if len(blocks) == 1 else sparse.vstack(blocks, format="csr")
        return whole, np.concatenate(shares)

    def _batch(self, ready: Cut) -> tuple[sparse.csr_matrix, Floats]:
        count = len(ready.texts)
        word_rows, word_columns = self.word_entries(ready.pieces)
        rows, keys, _ = letter_runs(ready.texts)
        known, where = _found(keys, self.runs)
        told = len(self.words) + len(self.pairs)
        words = _weighed(word_rows, word_columns, (count, told), self.rarity[:told])
        runs = _weighed(rows[known], where[known], (count, len(self.runs)), self.rarity[told:]) * RUN_WEIGHT
        all_runs = np.bincount(rows, minlength=count)
        share = np.bincount(rows[known], minlength=count) / np.maximum(all_runs, 1)
        return sparse.hstack([words, runs], format="csr"), share.astype(np.float32)

    def known_elsewhere(self, ready: Cut) -> Floats:
        """For texts these features were learned from: their share of letter runs that two other texts know.

        What `matrix` tells of a text it was learned from is too kind by the runs that one other text shares;
        a new text does not bring itself along.
        """
        told = len(self.words) + len(self.pairs)
        rarest = self.rarity[told:].max(initial=0.0)  # in two texts: one of them is this one
        shares = []
        for start in range(0, len(ready.texts), _BATCH):
            texts = ready.texts[start : start + _BATCH]
            rows, keys, _ = letter_runs(texts)
            known, where = _found(keys, self.runs)
            known &= self.rarity[told:][where] < rarest if len(self.runs) else False
            every = np.maximum(np.bincount(rows, minlength=len(texts)), 1)
            shares.append(np.bincount(rows[known], minlength=len(texts)) / every)
        return np.concatenate(shares).astype(np.float32)

    def word_entries(self, cut_texts: list[list[str]]) -> tuple[Ints, Ints]:
        """Return (text number, column) of each known word, then of each known pair of neighbours."""
        place = self.word_places()
        ids, rows = _word_ids(cut_texts, place)
        both = (ids[:-1] >= 0) & (ids[1:] >= 0) & (rows[:-1] == rows[1:])
        pair_keys = ids[:-1][both] * len(self.words) + ids[1:][both]
        known, where = _found(pair_keys, self.pairs)
        alone = ids >= 0
        return (
            np.concatenate((rows[alone], rows[:-1][both][known])),
            np.concatenate((ids[alone], where[known] + len(self.words))),
        )

    def word_places(self) -> dict[str, int]:
        """The column of each word."""
        cached: dict[str, int] | None = self.__dict__.get("_places")
        if cached is None:
            cached = {word: place for place, word in enumerate(self.words)}
            self.__dict__["_places"] = cached
        return cached


@lru_cache(maxsize=1 << 16)
def _is_word(piece: str) -> bool:
    return any(sign.isalnum() for sign in piece)


def _word_ids(cut_texts: list[list[str]], place: dict[str, int]) -> tuple[Ints, Ints]:
    """The number of each word (−1 if unknown; signs left out) and the text it is in."""
    known = [
        [place.get(piece, -1) for piece in words if piece in place or _is_word(piece)] for words in cut_texts
    ]
    lengths = np.fromiter(map(len, known), dtype=np.int64, count=len(known))
    ids = np.fromiter(chain.from_iterable(known), dtype=np.int64, count=int(lengths.sum()))
    return ids, np.repeat(np.arange(len(known)), lengths)


def _weighed(rows: Ints, columns: Ints, shape: tuple[int, int], rarity: Floats) -> sparse.csr_matrix:
    """Counts damped by 1 + log, times rarity, each row brought to length 1."""
    counts = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    counts.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    squares = np.add.reduceat(np.append(counts.data**2, 0), counts.indptr[:-1]) * (np.diff(counts.indptr) > 0)
    counts.data /= np.repeat(np.sqrt(np.maximum(squares, 1e-12)), np.diff(counts.indptr)).astype(np.float32)
    return counts


def learn_features(ready: Cut, *, least: int = 2, most_runs: int = 300_000) -> Features:
    """Choose the vocabulary: what occurs in `least` texts or more, at most `most_runs` letter runs."""
    texts = len(ready.texts)
    in_texts = Counter(
        chain.from_iterable({piece for piece in words if _is_word(piece)} for words in ready.pieces)
    )
    words = tuple(sorted(word for word, number in in_texts.items() if number >= least))
    ids, rows = _word_ids(ready.pieces, {word: place for place, word in enumerate(words)})
    both = (ids[:-1] >= 0) & (ids[1:] >= 0) & (rows[:-1] == rows[1:])
    pair_keys = ids[:-1][both] * max(1, len(words)) + ids[1:][both]
    pairs, pair_texts = _frequent(rows[:-1][both], pair_keys, least=least, most=most_runs)
    run_rows, run_keys, _ = letter_runs(ready.texts)
    runs, run_texts = _frequent(run_rows, run_keys, least=least, most=most_runs)
    word_texts = np.array([in_texts[word] for word in words], dtype=np.int64)
    return Features(words, pairs, runs, _rarity(np.concatenate((word_texts, pair_texts, run_texts)), texts))
