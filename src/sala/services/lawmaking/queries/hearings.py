"""Hearings: one by its number, the lists, the text of a version, what is due by the clock."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sala.commons.matters.queries import Matter
from sala.core import references
from sala.core.errors import NotFound
from sala.platform.registration import Weight
from sala.services.lawmaking.models import Hearing, HearingProvision, HearingText
from sala.services.lawmaking.rules.hearings import Stage

KIND = "hearing"


def find_hearing(reference: str) -> Hearing | None:
    """The hearing with a reference as typed; None if there is none. One query."""
    try:
        typed = str(references.parse_reference(reference))
    except ValueError:
        return None
    rows = Hearing.objects.select_related("matter", "law", "earlier__matter")
    return rows.filter(matter__reference=typed, matter__visibility="public").first()


def get_hearing(reference: str) -> Hearing:
    """As `find_hearing`. Raises NotFound."""
    hearing = find_hearing(reference)
    if hearing is None:
        raise NotFound("matter_not_found", reference=reference)
    return hearing


def list_hearings(
    *, stages: Collection[Stage], agencies: Collection[str] | None = None, size: int
) -> list[Hearing]:
    """Hearings that stand so: open ones that end soonest first, else the newest first. One query."""
    rows = Hearing.objects.select_related("matter").filter(
        matter__visibility="public", matter__stage__in=[stage.value for stage in stages]
    )
    if agencies is not None:
        rows = rows.filter(matter__agency__in=agencies)
    order = ("closes_at", "pk") if Stage.OPEN in stages and len(stages) == 1 else ("-closes_at", "-pk")
    return list(rows.order_by(*order)[:size])


def page_of_hearings(before: int, size: int) -> list[Hearing]:
    """Hearings below a key (0: from the newest), for the table. One query."""
    rows = Hearing.objects.select_related("matter", "law").filter(matter__visibility="public")
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:size])


def list_texts(hearing: Hearing) -> list[HearingText]:
    """The versions of its text, the newest first. One query."""
    return list(HearingText.objects.filter(hearing=hearing).order_by("-number"))


def list_provisions(text: HearingText) -> list[HearingProvision]:
    """Headings and provisions of a version, in order. One query."""
    return list(HearingProvision.objects.filter(text=text).order_by("order"))


def find_provision(hearing: Hearing, version: int, eid: str) -> HearingProvision | None:
    """A provision of a version by its id; None if it is not there. One query."""
    rows = HearingProvision.objects.filter(text__hearing=hearing, text__number=version, eid=eid)
    return rows.exclude(words="").first()


def list_parts(hearing: Hearing, places: Collection[tuple[int, str]]) -> list[HearingProvision]:
    """Parts of a hearing's texts by version and id, with their versions. One query."""
    versions, eids = {version for version, _ in places}, {eid for _, eid in places}
    rows = HearingProvision.objects.filter(text__hearing=hearing, text__number__in=versions, eid__in=eids)
    return list(rows.select_related("text"))


def related(hearing: Hearing) -> list[Hearing]:
    """Other hearings of the same draft, the older ones first: what came before it, and what came after."""
    found: list[Hearing] = []
    one, seen = hearing.earlier, {hearing.pk}
    while one is not None and one.pk not in seen:
        seen.add(one.pk)
        found.insert(0, one)
        one = Hearing.objects.select_related("matter").filter(pk=one.earlier_id).first()
    later = Hearing.objects.select_related("matter").filter(earlier=hearing).exclude(pk__in=seen)
    return found + list(later.order_by("pk"))


def list_due(now: datetime) -> list[str]:
    """Numbers of hearings that do not stand where their time says. One query."""
    rows = Hearing.objects.filter(matter__stage=Stage.ANNOUNCED.value, opens_at__lte=now)
    rows |= Hearing.objects.filter(matter__stage=Stage.OPEN.value, closes_at__lte=now)
    rows |= Hearing.objects.filter(matter__stage=Stage.ANNOUNCED.value, closes_at__lte=now)
    return list(rows.order_by("pk").values_list("matter__reference", flat=True))


def search_parts(told: Sequence[Matter]) -> dict[int, list[tuple[str, Weight]]]:
    """What hearings are found by, by key. One query."""
    found = {row.pk: row for row in Hearing.objects.filter(pk__in=[matter.pk for matter in told])}
    return {
        matter.pk: [
            (matter.title, "A"),
            (found[matter.pk].summary, "B"),
            (f"{found[matter.pk].why} {found[matter.pk].affected}", "C"),
        ]
        for matter in told
        if matter.pk in found
    }
