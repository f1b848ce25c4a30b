"""The pinned word list: PyThaiNLP 5.4.0 `words_th.txt` (CC0-1.0), normalised, with our own domain words."""

import csv
import hashlib
from functools import cache
from importlib import resources

import nlpo3

#: SHA-256 of words/dictionary.txt. It is part of every saved model; a change makes token indexes stale.
DICTIONARY_HASH = "c76266eaa1a223ea7e478931254f714489ee34127c6e421b76ebdbc16268a604"
TOKENISER = "nlpo3-newmm"

_FOLDER = resources.files("sala.engines.thai") / "words"


class DictionaryChangedError(RuntimeError):
    """The word list on disk is not the one this version was built with."""


def _lines(name: str) -> list[str]:
    return (_FOLDER / name).read_text(encoding="utf-8").splitlines()


@cache
def word_list() -> frozenset[str]:
    """Every word of the pinned list. Raises DictionaryChangedError if the file is not the pinned one."""
    content = (_FOLDER / "dictionary.txt").read_bytes()
    if hashlib.sha256(content).hexdigest() != DICTIONARY_HASH:
        raise DictionaryChangedError("words/dictionary.txt does not match DICTIONARY_HASH")
    return frozenset(content.decode("utf-8").splitlines())


@cache
def stop_words() -> frozenset[str]:
    """Words that carry no meaning of their own in a search."""
    return frozenset(_lines("stopwords.txt"))


@cache
def short_words() -> frozenset[str]:
    """Everyday words and abbreviations of up to three consonants, which must not be read as a car plate."""
    return frozenset(_lines("short_words.txt"))


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation without dots -> the words it stands for."""
    rows = csv.DictReader(_lines("abbreviations.csv"))
    return {row["abbreviation"].replace(".", ""): row["full"] for row in rows}


@cache
def near_words() -> tuple[tuple[str, ...], ...]:
    """Lines of expressions that people use for one thing; the first is the plainest."""
    return tuple(tuple(line.split(",")) for line in _lines("near_words.csv") if line)


@cache
def tokeniser_name() -> str:
    """Load the list into nlpo3 once and return the name it is known by there."""
    word_list()
    name = f"sala-{DICTIONARY_HASH[:12]}"
    with resources.as_file(_FOLDER / "dictionary.txt") as path:
        nlpo3.load_dict(str(path), name)
    return name
