"""One legal question: for its person, for staff, for everyone; what it is found by, and which are like it."""

from collections.abc import Sequence

from django.db.models import QuerySet

from sala.commons.drafts.queries import Proof, is_sender
from sala.commons.matters import queries as matters
from sala.commons.matters.queries import Matter
from sala.core import references
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.platform.registration import Weight
from sala.services.lawmaking import permissions
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.question_law import KIND
from sala.services.lawmaking.rules.questions import Openness, Standing

MOST_LIKE = 5


def whole() -> QuerySet[LegalQuestion]:
    """Questions with everything the rules and a page ask of them. Four queries for any number of questions."""
    return LegalQuestion.objects.select_related("matter", "desk", "officer").prefetch_related(
        "answers__laws", "answers__earlier__matter", "passings"
    )


def find_question(reference: str) -> LegalQuestion | None:
    """The question with a reference as typed, whoever asks; None if there is none."""
    try:
        typed = str(references.parse_reference(reference))
    except ValueError:
        return None
    return whole().filter(matter__reference=typed).first()


def get_question(reference: str) -> LegalQuestion:
    """As `find_question`. Raises NotFound."""
    question = find_question(reference)
    if question is None:
        raise NotFound("matter_not_found", reference=reference)
    return question


def find_public(reference: str) -> LegalQuestion | None:
    """The question if everyone may read it; None for a hidden one and for a number that is none, alike."""
    question = find_question(reference)
    return question if question is not None and question.matter.is_public else None


def get_own(reference: str, actor: Actor, proof: Proof) -> LegalQuestion:
    """The question for the person who asked. Raises NotFound if that is not shown."""
    question = get_question(reference)
    if not is_sender(actor, question, proof):
        raise NotFound("matter_not_found", reference=reference)
    return question


def get_for_staff(reference: str, actor: Actor) -> LegalQuestion:
    """The question for those who work on it or had it. Raises NotFound."""
    question = get_question(reference)
    permissions.require_may_read(actor, question)
    return question


def matters_named(names: Sequence[str]) -> dict[str, int]:
    """The keys of the matters behind hidden names in the ledger, by name. One query."""
    return dict(LegalQuestion.objects.filter(hidden_name__in=names).values_list("hidden_name", "pk"))


def search_parts(told: Sequence[Matter]) -> dict[int, list[tuple[str, Weight]]]:
    """What public questions are found by, by key: their words, the laws, the answers. Three queries."""
    rows = LegalQuestion.objects.filter(pk__in=[m.pk for m in told], privacy=Openness.PUBLIC.value)
    found = {row.pk: row for row in rows.prefetch_related("answers__laws")}
    return {matter.pk: _parts(matter, found[matter.pk]) for matter in told if matter.pk in found}


def _parts(matter: Matter, question: LegalQuestion) -> list[tuple[str, Weight]]:
    answers = list(question.answers.all())
    laws = [f"{cited.law} {cited.section}" for answer in answers for cited in answer.laws.all()]
    return [
        (matter.title, "A"),
        (" ".join([question.about_law, *laws]), "A"),
        (question.public_text, "B"),
        (" ".join(answer.public_text for answer in answers), "C"),
    ]


def list_like(text: str) -> list[tuple[Matter, bool]]:
    """Public questions whose words are like these, and whether each was answered: those first. By the search."""
    wanted = matters.Filter(kind=KIND)
    found = matters.search_matters(" ".join(text.split()[:12]), wanted, size=MOST_LIKE).matters
    told = [(matter, matter.stage == Standing.ANSWERED.value) for matter in found]
    return sorted(told, key=lambda one: not one[1])
