"""What the frame of every page needs from the site; the site fills these once, at start-up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

# code of a refusal -> the sentence a person reads; forms show it where an action refused with a code.
refusal_words: Mapping[str, str | Promise] = {}


def _no_doors(language: str) -> Sequence[tuple[str, str]]:
    return ()


# (address, name) of each way in, in the order of the navigation, in a language.
doors: Callable[[str], Sequence[tuple[str, str]]] = _no_doors


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffBar:
    """What the head of a page of staff shows: the office, the pages of this person's work, and who they are.

    `offices` are (name, address) where they work for several; `links` (label, address, whether we are there).
    """

    home: str
    office: str
    offices: Sequence[tuple[str, str]]
    links: Sequence[tuple[str, str, bool]]
    name: str
    role: str
    own: str

    @property
    def letter(self) -> str:
        """The first consonant or letter of the name: Thai writes some vowels before it."""
        return self.name.lstrip("เแโใไ ")[:1] or "•"


def _no_bar(request: HttpRequest) -> StaffBar:
    return StaffBar(home="/", office="", offices=(), links=(), name="", role="", own="/")


# The head of staff pages, for whoever asks. Filled by the site.
staff_bar: Callable[[HttpRequest], StaffBar] = _no_bar
