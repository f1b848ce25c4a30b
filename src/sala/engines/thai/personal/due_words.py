"""Which words a name may be made of where one is due, and which may stand right behind it."""

from functools import cache

from sala.engines.thai.dictionary import stop_words
from sala.engines.thai.personal.callnames import nicknames
from sala.engines.thai.personal.name_lists import (
    DEPENDENT,
    borne_names,
    follows,
    given_names,
    not_names,
    own_words,
    roles,
)
from sala.engines.thai.personal.names import can_follow
from sala.engines.thai.personal.recogniser import common_words, function_words
from sala.engines.thai.tokens import pieces


@cache
def parts() -> frozenset[str]:
    """Words that names are put together of."""
    return own_words("family_parts.txt") | own_words("given_parts.txt") | own_words("old_names.txt")


def is_talk(words: list[str]) -> bool:
    """Whether one of `words` is talk: none that a name holds, one that may follow it, or a verb or small word."""
    return not talk().isdisjoint(words)


@cache
def talk() -> frozenset[str]:
    """Words of talk: what holds no name, what may follow one, and the tagger's verbs and small words."""
    return no_name() | follows() | function_words()


@cache
def every_name() -> frozenset[str]:
    """Given names, those too that are words first."""
    return borne_names() | given_names()


@cache
def no_name() -> frozenset[str]:
    """Words that do not begin a name, wherever one is due."""
    return (
        not_names()
        | own_words("callings.txt")
        | own_words("talk.txt")
        | roles()
        | stop_words()
        | common_words()
        | own_words("due_not.txt")
    )


def ends(chunk: str, length: int) -> bool:
    """Whether a name of so many letters may end there: at the end, or before a word that can stand behind one."""
    rest = chunk[length:]
    if not rest:
        return True
    if DEPENDENT.match(rest) or rest[0] == "า":
        return False
    first = pieces(rest)[0]
    return begins_with(rest, before()) or can_follow(first) or first in verbs()


def begins_with(text: str, words: frozenset[str]) -> bool:
    """Whether one of `words`, of three letters and more, stands whole at the beginning of `text`."""
    return any(text[:size] in words and not DEPENDENT.match(text[size : size + 1]) for size in range(3, 9))


@cache
def verbs() -> frozenset[str]:
    """Verbs and small words of the tagger's list that are no part of names."""
    return function_words() - parts() - given_names() - nicknames()


@cache
def verbs_before() -> frozenset[str]:
    """What stands before or behind names and is no part of any."""
    return before() - parts()


@cache
def before() -> frozenset[str]:
    """Words that no name holds, or that names end before."""
    return not_names() | follows()
