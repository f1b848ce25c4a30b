"""Reading collections: how many have signed, from where, and whether somebody is among them."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Now

from sala.commons.identity import queries as identity
from sala.commons.matters.queries import Visibility
from sala.commons.participation import rules
from sala.commons.participation.models import AreaCount, Change, Collection, Signature
from sala.core.errors import NotFound
from sala.platform import seals

# The purpose of a collection of those who say that a matter concerns them too.
SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Recount:
    """A collection whose count is not what its signatures say: its key, what is counted, what there is."""

    collection: int
    counted: int
    signed: int


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a collection is signed at the common address."""

    collection: Collection
    title: str
    agency: str
    is_public: bool

    @property
    def tells_apart(self) -> str:
        """What tells its signers apart (`rules.TellsApart`); empty where its service alone takes signatures."""
        return self.collection.tells_apart

    @property
    def least_level(self) -> int:
        """The assurance level a signer needs at least."""
        return self.collection.least_level


def get_terms(reference: str, purpose: str) -> Terms:
    """The terms of the collection of a purpose on the matter of this reference. One statement. Raises NotFound."""
    found = (
        Collection.objects.select_related("matter")
        .filter(matter__reference=reference, purpose=purpose)
        .first()
    )
    if found is None:
        raise NotFound("not_found")
    matter = found.matter
    return Terms(found, matter.title, matter.agency, is_public=matter.visibility == Visibility.PUBLIC)


def is_filed(collection: Collection) -> bool:
    """Whether the signatures are handed in, by the database's clock."""
    return Collection.objects.filter(pk=collection.pk, filed_at__lte=Now()).exists()


def mark_of(purpose: str, reference: str, who: str) -> bytes:
    """The 32 bytes that stand for somebody in one collection and in no other, so that two cannot be joined.

    The collection is that of a purpose on the matter with this reference; `who` is whatever tells people apart
    there: an account's number, or what a device shows.
    """
    return bytes.fromhex(seals.digest(purpose, reference, who))


def find_collection(matter: int, purpose: str) -> Collection | None:
    """The collection of a purpose on a matter (its key), if somebody opened one."""
    return Collection.objects.filter(matter_id=matter, purpose=purpose).first()


def count(collection: Collection) -> int:
    """How many signatures stand at this moment, to the last one that was answered. One statement."""
    uncounted = (
        Change.objects.filter(collection=OuterRef("pk"))
        .order_by()
        .values("collection")
        .annotate(sum=Sum("difference"))
        .values("sum")
    )
    read = Collection.objects.filter(pk=collection.pk).annotate(more=Coalesce(Subquery(uncounted), 0))
    counted, more = read.values_list("counted", "more").get()
    return int(counted + more)


def count_by_area(collection: Collection) -> dict[str, int]:
    """How many of those that were folded come from each area ("" where nobody said), the most first."""
    rows = AreaCount.objects.filter(collection=collection, counted__gt=0)
    return dict(rows.order_by("-counted", "area").values_list("area", "counted"))


def signs_already(terms: Terms, reference: str, signer: rules.Signer) -> bool:
    """Whether this signer is among those who signed and did not withdraw. One statement."""
    who = rules.who_signs(signer, tells_apart=terms.tells_apart)
    return has_signed(terms.collection, mark_of(terms.collection.purpose, reference, who))


def address_after(wanted: str, *, here: str, said: str) -> str:
    """Where whoever signed goes next: a page of this site they came from, else `here`; with what became of it."""
    before, hash_sign, part = identity.safe_return(wanted, fallback=here).partition("#")
    return f"{before}{'&' if '?' in before else '?'}signed={said}{hash_sign}{part}"


def has_signed(collection: Collection, mark: bytes) -> bool:
    """Whether the bearer of a mark is among those who signed and did not withdraw."""
    return Signature.objects.filter(collection=collection, mark=mark, withdrawn_at=None).exists()


# One statement, so that a signature which comes meanwhile is in all three sums or in none.
_RECOUNT = """
SELECT c.id, c.counted + coalesce(waiting.sum, 0), coalesce(signed.count, 0)
FROM participation_collection c
LEFT JOIN (SELECT collection_id, sum(difference) FROM participation_change GROUP BY 1) waiting
    ON waiting.collection_id = c.id
LEFT JOIN (SELECT collection_id, count(*) FROM participation_signature
    WHERE withdrawn_at IS NULL AND invalidation_id IS NULL GROUP BY 1) signed
    ON signed.collection_id = c.id
WHERE c.counted + coalesce(waiting.sum, 0) <> coalesce(signed.count, 0)
ORDER BY c.id
"""


def recount() -> list[Recount]:
    """Collections whose count and signatures disagree; none, unless somebody wrote past this box. For `doctor`."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT)
        return [Recount(key, int(counted), int(signed)) for key, counted, signed in cursor.fetchall()]
