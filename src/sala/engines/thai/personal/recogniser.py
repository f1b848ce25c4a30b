"""The conditional random field of PyThaiNLP's wheel (Thai NER 1.5.1, CC BY 4.0), without any download."""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path

import pycrfsuite

from sala.engines.thai.tokens import pieces


def wheel_file(name: str) -> Path:
    """A data file inside PyThaiNLP's wheel, found without importing the package."""
    return Path(str(distribution("pythainlp").locate_file(f"pythainlp/corpus/{name}")))


# The model learned the tags of the Blackboard treebank; the wheel's word-to-tag list has universal ones.
_UNIVERSAL = [
    "NOUN",
    "PROPN",
    "VERB",
    "ADJ",
    "DET",
    "ADV",
    "AUX",
    "ADP",
    "CCONJ",
    "SCONJ",
    "NUM",
    "PART",
    "PRON",
    "PUNCT",
]
_BLACKBOARD = ["NN", "NN", "VV", "AJ", "AJ", "AV", "AX", "PS", "CC", "CC", "NU", "PA", "PR", "PU"]
_TAG = dict(zip(_UNIVERSAL, _BLACKBOARD, strict=True))


@cache
def _recogniser() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(wheel_file("thainer_crf_1_5_1.model")))
    return tagger


@cache
def _tags() -> dict[str, str]:
    words = json.loads(wheel_file("tdtb-unigram_tagger.json").read_text(encoding="utf-8-sig"))
    return {word: _TAG.get(tag, "NN") for word, tag in words.items()}


@cache
def common_words() -> frozenset[str]:
    """The stop words of PyThaiNLP (CC0 1.0): they are features of the model, and no names."""
    return frozenset(wheel_file("stopwords_th.txt").read_text(encoding="utf-8-sig").split())


@cache
def function_words() -> frozenset[str]:
    """Verbs, prepositions, particles and pronouns of the wheel's word-to-tag list, of two letters or more."""
    kinds = {"VV", "AX", "PS", "CC", "SC", "PA", "PR"}
    return frozenset(
        word for word, tag in _tags().items() if tag in kinds and len(word) >= 2 and "_" not in word
    )


def _tag_of(word: str) -> str:
    if word.isspace():
        return "PU"
    return _tags().get(word, "NU" if word[0].isdigit() else "NN")


@lru_cache(maxsize=16384)  # the same few thousand words make up most complaints
def _word_features(word: str, side: str, tag: str) -> tuple[str, ...]:
    features = [f"word.{side}word:{word}", f"{tag}:{_tag_of(word)}"]
    if word in common_words():
        features.append(f"word.{side or ''}stopword")
    if all("ก" <= sign <= "๛" or sign == "." for sign in word):
        features.append(f"word.{side}isthai")
    if word.isspace():
        features.append(f"word.{side}isspace")
    return tuple(features)


def _features(words: list[str], place: int) -> list[str]:
    word = words[place]
    features = list(_word_features(word, "", "postag"))
    if word.isdigit():
        features += ["word.isdigit()", *(["word.islen5"] if len(word) == 5 else [])]
    features += _word_features(words[place - 1], "prev", "word.prepostag") if place else ("BOS",)
    last = place == len(words) - 1
    features += ("EOS",) if last else _word_features(words[place + 1], "next", "word.nextpostag")
    return features


def tagged_people(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what the recogniser calls a person, in order."""
    words = pieces(text)
    labels = _recogniser().tag([_features(words, place) for place in range(len(words))]) if words else []
    position, start = 0, -1
    for word, label in zip([*words, ""], [*labels, "O"], strict=True):
        if start >= 0 and label != "I-PERSON":
            yield start, position
            start = -1
        if label == "B-PERSON":
            start = position
        position += len(word)
