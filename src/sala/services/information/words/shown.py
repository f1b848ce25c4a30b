"""What a page of a request shows, put into words: ways, answers, proceedings, the facts beside them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sala.services.information.models import Proceeding
from sala.services.information.queries.page import AnswerShown, RequestPage
from sala.services.information.rules.grounds import Ground
from sala.services.information.rules.proceedings import Kind, Ruling, Stage
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.states import ANSWERED
from sala.services.information.rules.ways import Way, WayKind
from sala.services.information.rules.wishes import Form
from sala.services.information.words.names import FORMS, GROUNDS, KINDS, RULINGS, STANDINGS, WHO, WISHES
from sala.services.information.words.ways import HOW_COUNTED, NO_LAST_DAY, WAYS

__all__ = ["ANSWERED", "answer", "facts", "proceeding", "way"]

Words = str | Promise
# Ways that lead to a page of advice and not to an act here.
ADVICE = frozenset({WayKind.ASK_ARCHIVES, WayKind.GO_TO_COURT})


@dataclass(frozen=True, slots=True)
class WayShown:
    """A way as a page shows it: what, by which section, until when, to whom; `button` leads there, `send` does it."""

    code: str
    name: Words
    what: Words
    button: Words
    send: Words
    section: str
    until: date | None
    no_last_day: Words
    to: Words
    address: str
    is_first: bool


def way(shown: Way, page: RequestPage, language: str) -> WayShown:
    """One way in the reader's language."""
    words, rule, reference = WAYS[shown.kind], shown.rule, page.request.matter.reference
    address = reverse("information:way", args=[reference, shown.kind.value])
    if shown.kind is WayKind.ASK_AGAIN:
        # Words of a request that is not public do not stand in an address.
        address = reverse("information:new") + (f"?again={reference}" if page.request.is_public else "")
    return WayShown(
        code=shown.kind.value,
        name=words.name,
        what=words.what,
        button=words.button,
        send=words.send or words.button,
        section=rule.section_en if language == "en" else rule.section_th,
        until=shown.until,
        no_last_day=NO_LAST_DAY,
        to=WHO[rule.to],
        address=address,
        is_first=shown.is_first,
    )


@dataclass(frozen=True, slots=True)
class AnswerInWords:
    """An answer as a page shows it; `reasons` are (section, what the section says, the office's words)."""

    shown: AnswerShown
    result: Words
    colour: str
    reasons: tuple[tuple[str, Words, str], ...]
    searched: str


def answer(shown: AnswerShown, language: str) -> AnswerInWords:
    """One answer in the reader's language."""
    result, colour = STANDINGS[Standing(shown.answer.result)]
    reasons = tuple(
        (
            reason.section_en if language == "en" else reason.section_th,
            GROUNDS[Ground(reason.ground)],
            reason.words,
        )
        for reason in shown.reasons
    )
    return AnswerInWords(shown, result, colour, reasons, shown.searched)


@dataclass(frozen=True, slots=True)
class ProceedingInWords:
    """A complaint or an appeal as a page shows it; `who` has it now, `ruling` (words, colour) once decided."""

    row: Proceeding
    name: Words
    who: str
    ruling: tuple[Words, str]
    may_withdraw: bool


def proceeding(row: Proceeding) -> ProceedingInWords:
    """One proceeding in words."""
    stages = {
        Stage.AT_BOARD: _("with the Board"),
        Stage.BEFORE_TRIBUNAL: _("before the Tribunal"),
        Stage.DECIDED: _("decided"),
        Stage.WITHDRAWN: _("taken back"),
    }
    stage = Stage(row.stage)
    ruling = RULINGS[Ruling(row.ruling)] if row.ruling else ("", "")
    is_running = stage in (Stage.AT_BOARD, Stage.BEFORE_TRIBUNAL)
    return ProceedingInWords(row, KINDS[Kind(row.kind)], stages[stage], ruling, is_running)


def facts(page: RequestPage) -> list[tuple[Words, Words]]:
    """What is asked and how, as (name, value)."""
    request = page.request
    form = str(FORMS[Form(request.wanted_as)])
    if request.is_certified:
        form = f"{form} ({_('certified as true')})"
    rows: list[tuple[Words, Words]] = [(_("What it is about"), WISHES[page.case.wish])]
    if page.where:
        rows.append((_("Where it may be found"), page.where))
    rows.append((_("How it is wanted"), form))
    return rows


def how_counted() -> str:
    """How the last days are counted, for under each of them."""
    return str(HOW_COUNTED)
