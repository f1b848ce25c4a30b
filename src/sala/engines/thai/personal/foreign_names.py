"""Names in Latin letters: those of foreigners, and Thai names as passports write them."""

import re
from collections.abc import Iterator
from functools import cache

from sala.engines.thai.personal.name_lists import own_words
from sala.engines.thai.personal.names import Found

_WORD = "[A-ZÀ-ÞŁŠŽ][A-Za-zÀ-ÿĀ-ž'’-]{1,24}"
_TITLED = re.compile(
    r"(?:(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Mister|Madam|Mme|Dr|Prof|MR|MRS|MS|MISS|DR|mr|mrs|miss|Khun|"
    r"khun|K)\b\.?[ ]{0,2}"
    r"|(?:นางสาว|นาย|นาง|น\.ส\.|คุณ|(?<!เ)ชื่อ(?:ว่า)?(?=[ ]?[A-Z][a-z])|มิสเตอร์|มิส|ชาวต่างชาติ|ฝรั่ง|ดร\.|"
    r"ลงชื่อ|ผู้ร้อง|ครู|อาจารย์|พี่|น้อง|ลุง|ป้า)[ ]{0,2}(?:ชื่อ[ ]{0,2})?)"
    rf"(?P<it>{_WORD}(?:[ ]{{1,2}}(?:{_WORD}|[A-Z]\.)){{0,3}})"
)
_ROW = re.compile(
    rf"(?<![A-Za-z@./_-])(?P<first>{_WORD})(?P<rest>(?:[ ]{{1,2}}(?:{_WORD}|[A-Z]\.)){{1,3}})(?![A-Za-z@/_-])"
)
# English words behind which a name is due. The first kind is sure; behind the second only what looks like one counts.
_CUE = re.compile(
    r"(?<![A-Za-z])(?:(?P<sure>(?:[Nn]amed|[Cc]alled|[Nn]ame is|[Nn]ame\s?:|[Ss]igned,?|"
    r"[Ff]aithfully,?|[Ss]incerely,?|[Rr]egards,?|"
    r"[Rr]espectfully,?|Sgt\.?|Lt\.?|Capt\.?|Col\.?|Maj\.?|Insp\.?|Pol\.)[ \n]{1,2})"
    r"|(?P<loose>(?:[Oo]fficer|[Tt]eacher|[Hh]eadman|[Nn]urse|[Dd]octor|[Ii]nspector|"
    r"[Ss]ergeant|[Cc]aptain|[Mm]ayor|[Mm]anager|[Ll]andlord|"
    r"[Ll]andlady|[Nn]eighbou?r|[Cc]ontractor|[Dd]river|[Oo]wner|[Tt]enant|[Ss]on|[Dd]aughter|"
    r"[Hh]usband|[Ww]ife|[Mm]other|[Ff]ather|"
    r"[Bb]rother|[Ss]ister|[Uu]ncle|[Aa]unt|[Ff]riend|[Cc]olleague|[Cc]ontact|[Cc]all|[Aa]sk|"
    r"[Tt]ell|[Tt]old|[Bb]y|[Ff]rom|I am|I'm|[Tt]his is|"
    r"Abbot|Monk|Phra|Luang Por|Luang Phor|Lung|Pa|Loong|Pee|Nong|Ajarn|Auntie)(?: is| was)?[ :,]{1,3}))"
    rf"(?P<it>{_WORD}(?:[ ]{{1,2}}(?:{_WORD}|[A-Z]\.)){{0,2}})"
)
_THAI_FORM = re.compile(
    "(?:a(?:nu|pi|ti|ran?|run|mon|mpha?|nan|nong|reer?|raya)|ban(?:cha|yat)?|ben(?:ja)?|boon|"
    "bua?|bun|buppha|chai|chal?(?:erm|oem|it)?|chan|chat|"
    "chit|cho[kn]|chu|chutha|da(?:o|rin|ra)?|decha?|duang|ek(?:ka)?|fon|gan|hong|in|"
    "it(?:thi)?|jai|jakk?|jan|jint?|jir[ao]?|kaew|kam|kan(?:ya|nika|da|cha)?|"
    "karn|kasem|ket|khan|khem|kiat|kit(?:ti)?|klin|kom|kong|korn|krai|krit|la(?:ddao?|mai|"
    "ong)?|lak|lerd?|mala?i|mali|mani?t?|mee?|mon|mongkol|na(?:ta|tha|ree)?|"
    "nak|nan|nap|nara?|narong|nat(?:cha|tha|ta)?|nawa?|nee?|ngam|nim|nipha?|nit|nong|nop|"
    "nuch|nuan|oran?|pai|pak|pan|panya?|parinya?|pat(?:cha|ta|tha)?|"
    "pen|phai?|phak|phan|phat|phet|phim|phit|phon|phong|phorn|phu|pim|pinyo?|pin|pit(?:a|i)?|"
    "ploy|pong|porn|pra|prad?it|prakan|prani?|pran|prasit|prat|pree?|prom|"
    "rak|ran|rat(?:cha|tana|ana)?|rawi|rong|rot|ruang?|rung|sa|sae|saeng?|sai|sak|sakul|sang|"
    "sant?i?|sara?n?|sasi|sat|sawat|se[et]|sin|siri?|som|son|"
    "song|sor|sr[iy]|suk|sun|sup(?:a|ha)?|sur[ai]?|suth?|sut(?:tha|hi)?|suwan?|su|ta|tan|"
    "tawee?|tep|tha?i|tham|than[ae]?|thana?|that|thawee?|thep|thi|thida?|thip|thit|"
    "thong|tip|ton|tong|udom|ut|vara?|ve?era?|vich?a?i?|vit|vong|wal?ai|wan|wara?|waran|"
    "warin?|was|wat(?:tana|thana)?|we?era?|wi|wich?a?i?|wilai?|wimol|win|wipha?|wirat?|"
    "wisut?|wit(?:thaya)?|"
    "wong|wut(?:hi|thi)?|wuth|yai?|ya|nya|yan|yat|yong|yot|yut|yuth){2,5}",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"(?<![A-Za-z0-9@./_-])(?P<first>[A-Za-z]{5,20})(?P<rest>[ ]{1,2}[A-Za-z]{4,24})?(?![A-Za-z0-9@/_-])(?!\.[A-Za-z])"
)
_UPPER = re.compile(r"(?<![A-Za-z])[A-Z]{2,25}(?:[ ]{1,2}[A-Z]{2,25}){0,2}(?![A-Za-z])")
# What is called after someone, and words that begin a sentence, a brand or a place


@cache
def _first_names() -> frozenset[str]:
    return own_words("roman_names.txt")


@cache
def _thai_names() -> frozenset[str]:
    return own_words("roman_thai_names.txt")


# A first name by itself, small letters around it: "It was Peter who saw it", not "Peter Street" and not "St Peter".
_LONE = re.compile(r"(?:^|(?<=[a-z,;:\n] )|(?<=[.!?\n] ))(?P<it>[A-Z][a-z]{2,14})(?=[,;.]?(?: [a-z]|$|\n))")


def _is_thai_form(word: str) -> bool:
    """Whether a word is put together as Thai names are when written in Latin letters: Kittipong, Nattawut."""
    return 5 <= len(word) <= 20 and word.lower() not in _not_names() and bool(_THAI_FORM.fullmatch(word))


@cache
def _not_names() -> frozenset[str]:
    return own_words("roman_not_names.txt") | own_words("roman_talk.txt")


def _due(text: str) -> Iterator[Found]:
    """Names behind an English word that announces one, up to the first word that is no part of a name."""
    for cue in _CUE.finditer(text):
        end, words = cue.start("it"), 0
        for word in _PART.finditer(text, cue.start("it"), cue.end("it")):
            if word.group().lower().rstrip(".") in _not_names():
                break
            end, words = word.end(), words + 1
        first = (
            text[cue.start("it") : cue.end("it")].split(None, 1)[0].rstrip(",.;:").lower() if words else ""
        )
        if words and (cue["sure"] or first in _first_names() | _thai_names() or _is_thai_form(first)):
            yield Found(cue.start("it"), end)


_PART = re.compile(r"[^\s]{1,40}")


# Wat Arun, Soi Ari, Rama IX: what is called after someone
_OF_A_PLACE = re.compile(
    r"(?:Wat|Soi|Ban|Baan|Rama|Lat|Khlong|Klong|Doi|Koh|Ko|Hat|Phra|Tha|"
    r"Nong|Bang|Moo|Mu|Khao|Mae|Sri|Big|Fort|Lake|Port|Mount|San|Saint|St\.?|The)[ ]$"
)


def find_foreign_names(text: str) -> Iterator[Found]:
    """Names in Latin letters: behind a title or a word that announces one, or beginning with a listed first name."""
    for found in _every_foreign_name(text):
        if not _OF_A_PLACE.search(text[max(0, found.start - 8) : found.start]):
            yield found


def _every_foreign_name(text: str) -> Iterator[Found]:
    yield from _due(text)
    for match in _LONE.finditer(text):
        if match["it"].lower() in _sure_first_names():
            yield Found(*match.span("it"))
    for match in _TITLED.finditer(text):
        words = match["it"].lower().split()
        if own_words("roman_not_names.txt").isdisjoint((words[0], words[-1])):
            yield Found(match.start() if match.group()[0] < "ก" else match.start("it"), match.end("it"))
    for match in _ROW.finditer(text):
        words = match.group().lower().split()
        is_first = words[0] in _first_words() or _is_thai_form(words[0])
        if is_first and own_words("roman_not_names.txt").isdisjoint(words[1:]):
            yield Found(*match.span())
    yield from _thai(text)


def _thai(text: str) -> Iterator[Found]:
    """Thai names in Latin letters, with the family name behind them."""
    for match in _SINGLE.finditer(text):
        if _is_thai_name(match["first"]):
            yield Found(match.start(), match.end() if _goes_on(match) else match.end("first"))


def _goes_on(single: re.Match[str]) -> bool:
    """Whether the word behind a Thai name in Latin letters is its family name."""
    rest = (single["rest"] or "").strip()
    is_cased = single["first"][0].islower() or rest[:1].isupper()
    return bool(rest) and is_cased and rest.lower() not in _not_names()


@cache
def _first_words() -> frozenset[str]:
    return _first_names() | own_words("roman_clans.txt")


@cache
def _sure_first_names() -> frozenset[str]:
    return _first_names() - own_words("roman_words_too.txt") - _not_names()


def _is_thai_name(word: str) -> bool:
    if word.lower() in _not_names():
        return False
    return word.lower() in _thai_names() or (word.istitle() and _is_thai_form(word))
