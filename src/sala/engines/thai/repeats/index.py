"""Find the texts most like a text among very many: rare letter triples and fours first, then full cosine."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sala.engines.thai.normalise import normalise

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: Below this likeness two texts are not worth a look (median of copies with one letter in ten wrong: .59).
CANDIDATE = 0.5
_SIZES = (3, 4)
_BITS = 12
_MOST_BITS = 24  # of the number of buckets that runs are thrown into
_MIX = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing (Knuth, volume 3, 6.4)
_LONGEST_TEXT = 4000
_BLOCK = 2048  # texts turned into rows at once
_POSTINGS = 4_000  # letter-run occurrences read for one look-up
_LEAST_RUNS = 6  # but never fewer runs than these, however common
_CONTAINED = 0.3  # weight of containment beside cosine; chosen on planted edits, docs/rules/repeats.md
_FINALISTS = 24  # candidates whose full cosine is computed
# Thai vowel and tone signs are combining marks, which \w leaves out.
_SIGNS = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|_")

# What letters to officials begin and end with says nothing of the matter; the longest wording first.
_COURTESY = re.compile(
    "สวัสดี(?:ตอนเช้า)?|เรียน ?(?:ท่าน|ถึง)? ?(?:เจ้าหน้าที่|ผู้เกี่ยวข้อง|ผู้ว่าราชการจังหวัด|ผู้ว่าฯ|ผู้ว่า|แอดมิน|หน่วยงานที่เกี่ยวข้อง)|"
    "ขออนุญาต(?:แจ้ง)?|(?:อยาก|ขอ|ใคร่)(?:จะ)?(?:ร้องเรียน|แจ้ง|สอบถาม)(?:เรื่อง|ปัญหา|ให้ทราบ|ว่า)?|"
    "(?:ขอความกรุณา|ขอความอนุเคราะห์|รบกวน|กรุณา|โปรด|ฝาก|ช่วย)+(?:ช่วย|มา|เข้ามา|ให้|ส่ง)*"
    "(?:ท่าน|ทาง|หน่วยงาน|เจ้าหน้าที่|ที่เกี่ยวข้อง)*(?:ช่วย|มา|เข้ามา)*"
    "(?:ตรวจสอบ|ดำเนินการ|พิจารณา|แก้ไข|จัดการ|ดูแล|ดู|และ)*(?:ให้|โดย)?(?:ด่วน|เร็ว)?(?:หน่อย|ด้วย|ที)?|"
    "ขอบ(?:พระ)?คุณ(?:มาก|ล่วงหน้า|เป็นอย่างสูง|อย่างสูง)*|ด่วน(?:ที่สุด|มาก|เลย)?|(?:นะ)?(?:ครับผม|ครับ|คับ|ค่ะ|คะ(?!แนน)|จ้า)"
)


class Match(NamedTuple):
    """Another text, by its place in the index, and its likeness, 0 to 1."""

    row: int
    score: float


def letters_of(text: str) -> str:
    """What is compared of a text: its first 4,000 letters, normalised, without spaces, signs and courtesies."""
    spelt = normalise(text[: 2 * _LONGEST_TEXT]).lower()
    return _SIGNS.sub("", _COURTESY.sub("", spelt).strip() or spelt)[:_LONGEST_TEXT]


def _runs(texts: Sequence[str], bits: int) -> tuple[Ints, Ints]:
    """(text number, bucket) of every letter run; a text of one or two letters is its own run."""
    padded = [text if len(text) >= _SIZES[0] else text.ljust(_SIZES[0]) if text else "" for text in texts]
    lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    letters = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = letters.astype(np.uint64) & np.uint64((1 << _BITS) - 1)
    owner = np.repeat(np.arange(len(padded)), lengths)
    rows, buckets = [], []
    for size in _SIZES:
        count = max(0, len(codes) - size + 1)
        key = np.full(count, size, dtype=np.uint64)
        for step in range(size):
            key = (key << np.uint64(_BITS)) | codes[step : step + count]
        whole = owner[:count] == owner[size - 1 : size - 1 + count]
        rows.append(owner[:count][whole])
        buckets.append(((key[whole] * _MIX) >> np.uint64(64 - bits)).astype(np.int64))
    return np.concatenate(rows), np.concatenate(buckets)


def _counts(texts: Sequence[str], bits: int) -> sparse.csr_matrix:
    """Rows of damped run counts, a column per bucket."""
    rows, buckets = _runs(texts, bits)
    ones = np.ones(len(rows), dtype=np.float32)
    counts = sparse.csr_matrix((ones, (rows, buckets)), shape=(len(texts), 1 << bits))
    counts.data = 1 + np.log(counts.data)
    return counts


def likeness(
    cosine: NDArray[Any], own: NDArray[np.float64], other: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weighted geometric mean of cosine and containment, 0 to 1, from the lengths of the unscaled rows.

    Containment is the share of the smaller text that the larger holds; it forgives a greeting put around a text
    or a part cut off, while cosine keeps a short text from matching whatever long one contains it.
    """
    small = np.maximum(np.minimum(own, other), 1e-9)
    contained = np.minimum(1.0, cosine * np.maximum(own, other) / small)
    return np.asarray(np.maximum(cosine, 0.0) ** (1 - _CONTAINED) * contained**_CONTAINED, dtype=np.float64)


class _Query(NamedTuple):
    """A text asked about: its columns, ascending, their weights, and the length they were divided by."""

    columns: NDArray[np.int32]
    values: Floats
    length: float


class Index:
    """Texts ready to be compared. Memory: about 8 bytes per letter run of each text, twice.

    Cosine of TF-IDF over runs of three and four letters. A look-up reads the postings of the text's rarest runs
    up to a budget, keeps the best candidates, and computes their full cosine; so it may miss, by design, a text
    that shares only very common runs.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        letters = [letters_of(text) for text in texts]
        self.size = len(letters)
        groups: dict[str, int] = {}
        #: A number for each text, equal where the compared letters are equal; -1 where there are none.
        self.wording = [groups.setdefault(text, len(groups)) if text else -1 for text in letters]
        # Four buckets a run keep chance meetings rare; small collections stay small.
        self._bits = min(_MOST_BITS, max(8, (4 * sum(map(len, letters)) * len(_SIZES)).bit_length()))
        starts = range(0, self.size, _BLOCK)
        blocks = [_counts(letters[start : start + _BLOCK], self._bits) for start in starts]
        in_texts = np.zeros(1 << self._bits, dtype=np.int32)
        for block in blocks:
            in_texts += np.bincount(block.indices, minlength=1 << self._bits).astype(np.int32)
        self._rarity = (np.log((1 + self.size) / (1 + in_texts)) + 1).astype(np.float32)
        shared = np.flatnonzero(in_texts > 1)
        self._column = np.full(1 << self._bits, -1, dtype=np.int32)
        self._column[shared] = np.arange(len(shared), dtype=np.int32)
        self._in_texts = in_texts[shared]
        weighed = [self._weighed(block) for block in blocks]
        self._lengths = np.concatenate([lengths for _, lengths in weighed] or [np.zeros(0)])
        rows = [row for row, _ in weighed] or [sparse.csr_matrix((0, len(shared)), dtype=np.float32)]
        self._rows = sparse.vstack(rows, format="csr")
        self._postings = self._rows.T.tocsr()

    def _weighed(self, counts: sparse.csr_matrix) -> tuple[sparse.csr_matrix, NDArray[np.float64]]:
        """Rows of length 1 over all runs, of which only those two indexed texts share are kept; and lengths."""
        values = counts.data * self._rarity[counts.indices]
        owner = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        length = np.sqrt(np.bincount(owner, weights=values**2, minlength=counts.shape[0]))
        values = (values / length[owner]).astype(np.float32)
        columns = self._column[counts.indices]
        kept = columns >= 0
        shape = (counts.shape[0], len(self._in_texts))
        return sparse.csr_matrix((values[kept], (owner[kept], columns[kept])), shape=shape), length

    def matches(self, *, most: int = 5, least: float = CANDIDATE) -> Iterator[list[Match]]:
        """For each indexed text in order, yield the other texts most like it, best first."""
        for row in range(self.size):
            held = slice(self._rows.indptr[row], self._rows.indptr[row + 1])
            query = _Query(self._rows.indices[held], self._rows.data[held], float(self._lengths[row]))
            yield self._look_up(query, own=row, most=most, least=least)

    def nearest(self, text: str, *, most: int = 5, least: float = CANDIDATE) -> list[Match]:
        """The indexed texts most like a text that need not be among them, best first."""
        buckets, counts = np.unique(_runs([letters_of(text)], self._bits)[1], return_counts=True)
        weights = (1 + np.log(counts)) * self._rarity[buckets]
        length = float(np.sqrt(weights @ weights))
        columns = self._column[buckets]
        kept = columns >= 0
        values = (weights[kept] / max(length, 1e-9)).astype(np.float32)
        return self._look_up(_Query(columns[kept], values, length), own=-1, most=most, least=least)

    def _look_up(self, query: _Query, *, own: int, most: int, least: float) -> list[Match]:
        found = self._finalists(query, own)
        begins = self._rows.indptr[found]
        sizes = self._rows.indptr[found + 1] - begins
        places = _stretches(begins, sizes)
        columns = self._rows.indices[places]
        where = np.searchsorted(query.columns, columns)
        where[where == len(query.columns)] = 0
        shared = query.columns[where] == columns if len(query.columns) else where < 0
        products = self._rows.data[places[shared]] * query.values[where[shared]]
        pair = np.repeat(np.arange(len(found)), sizes)[shared]
        cosines = np.bincount(pair, weights=products, minlength=len(found))
        scores = likeness(cosines, np.full(len(found), query.length), self._lengths[found])
        order = np.lexsort((found, -np.round(scores, 6)))[:most]
        return [Match(int(found[at]), min(1.0, float(scores[at]))) for at in order if scores[at] >= least]

    def _finalists(self, query: _Query, own: int) -> NDArray[np.integer]:
        """The other texts that share most of the query's rarest runs; a bounded number of postings is read."""
        reads = self._in_texts[query.columns]
        order = np.argsort(reads, kind="stable")
        spent = np.cumsum(reads[order])
        rarest = order[: max(_LEAST_RUNS, int(np.searchsorted(spent, _POSTINGS, side="right")))]
        sizes = reads[rarest]
        places = _stretches(self._postings.indptr[query.columns[rarest]], sizes)
        texts = self._postings.indices[places]
        shares = self._postings.data[places] * np.repeat(query.values[rarest], sizes)
        # Number the texts met as they stand, the last meeting naming each: no array of all texts is cleared.
        slot = np.empty(self.size, dtype=np.int32)
        meetings = np.arange(len(texts), dtype=np.int32)
        slot[texts] = meetings
        sums = np.bincount(slot[texts], weights=shares, minlength=len(texts))
        met = np.flatnonzero((slot[texts] == meetings) & (texts != own))
        if len(met) > _FINALISTS:
            met = met[np.argpartition(-sums[met], _FINALISTS)[:_FINALISTS]]
        finalists: NDArray[np.integer] = texts[met]
        return finalists


def _stretches(begins: NDArray[np.integer], sizes: NDArray[np.integer]) -> NDArray[np.integer]:
    """The numbers from each begin on, as many as its size, one stretch after another."""
    ends = np.cumsum(sizes)
    whole = int(ends[-1]) if len(ends) else 0
    return np.arange(whole, dtype=np.int32) + np.repeat((begins - ends + sizes).astype(np.int32), sizes)
