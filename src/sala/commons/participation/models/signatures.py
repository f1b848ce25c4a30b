"""Tables of participation: collections of signatures, and what is not counted yet.

Nothing here is a row that every signer changes. A signature and its change are new rows; one process folds the
changes into the counts. A count that each signature raised would make everybody wait for everybody, readers too.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sala.commons.participation.rules import Finding, TellsApart


class Collection(models.Model):
    """Signatures gathered on a matter for one purpose ("support"): from when until when, and how many were counted.

    `counted` is what was folded so far; what it lacks stands in `Change`. `queries.count` says both together.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="collections")
    purpose = models.CharField(max_length=20)
    opens_at = models.DateTimeField(null=True, blank=True, help_text="empty: from the beginning")
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text="the first instant at which nobody may sign"
    )
    # How the common door tells signers apart (`rules.TellsApart`); empty: signed by an act of the service alone.
    tells_apart = models.CharField(
        max_length=8, blank=True, default="", db_default="", choices=[(t.value, t.value) for t in TellsApart]
    )
    least_level = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="identity assurance level, 0 to 3"
    )
    # The instant of filing: from it on nobody withdraws, and no sheet is entered any more. Empty: not yet known.
    filed_at = models.DateTimeField(null=True, blank=True)
    threshold = models.PositiveIntegerField(null=True, blank=True)
    # When it was told that as many had signed; who dips below by withdrawing is not told of anew.
    threshold_told_at = models.DateTimeField(null=True, blank=True)
    # From when on names and numbers of its signers are taken away; the signatures stay, nameless.
    details_until = models.DateTimeField(null=True, blank=True)
    # How many of its signatures an outside register confirmed; the raw count stands beside it, never instead.
    confirmed = models.IntegerField(default=0, db_default=0)
    # May be short of zero for a moment: a withdrawal can be folded before the signature it takes back.
    counted = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["matter", "purpose"], name="collection_of_purpose"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True)
                | Q(opens_at__isnull=True)
                | Q(closes_at__gte=models.F("opens_at")),
                name="collection_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} of {self.matter_id}"


class AreaCount(models.Model):
    """How many of a collection's signatures come from one area; all of them together are the collection's count."""

    pk = models.CompositePrimaryKey("collection_id", "area")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="areas")
    area = models.CharField(max_length=12, blank=True, help_text="empty where nobody said")
    counted = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.counted} of {self.area}"


class HourCount(models.Model):
    """How many more (or fewer) signed within one hour; the hours together are the collection's count."""

    pk = models.CompositePrimaryKey("collection_id", "hour")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="hours")
    hour = models.DateTimeField(help_text="the hour's beginning, UTC")
    counted = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.counted:+d} in {self.hour:%Y-%m-%dT%H}"


class Signature(models.Model):
    """One person's, told apart by `mark` alone: a digest keyed for this collection, which leads to nobody.

    No foreign key in the database: its check would lock the collection's row on every signature, and a hundred
    signers of one collection would write its locks instead of their names.
    """

    collection = models.ForeignKey(
        Collection, models.CASCADE, db_constraint=False, related_name="signatures", db_index=False
    )
    mark = models.BinaryField(max_length=32)
    area = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(
        null=True, help_text="assurance level of the sign-in; empty: not known"
    )
    # The ledger's entry of this signature, and what opens its commitment: who holds both can show that it was there.
    entry_id = models.BigIntegerField(null=True)
    salt = models.BinaryField(null=True, max_length=32)
    signed_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # On which paper it stands, and by which invalidation it is not counted; no checks, as above.
    sheet = models.ForeignKey(
        "participation.Sheet",
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    invalidation = models.ForeignKey(
        "participation.Invalidation",
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="signatures",
    )
    finding = models.CharField(
        max_length=10, blank=True, default="", db_default="", choices=[(f.value, f.value) for f in Finding]
    )

    class Meta:
        constraints = (
            # The one that counts; of those who withdrew and signed again, the rows before stay beside it.
            models.UniqueConstraint(
                fields=["collection", "mark"],
                condition=Q(withdrawn_at__isnull=True),
                name="signature_once",
            ),
        )
        indexes = (
            # Few have one; reversing an invalidation finds its own without reading millions.
            models.Index(
                fields=["invalidation"], name="signature_invalid", condition=Q(invalidation__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"signature {self.pk}"


class Change(models.Model):
    """A signature (1) or a withdrawal (-1) that the counts do not hold yet. Folded, it is gone."""

    collection = models.ForeignKey(Collection, models.CASCADE, db_constraint=False, related_name="changes")
    area = models.CharField(max_length=12, blank=True)
    difference = models.SmallIntegerField()
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.difference:+d} of {self.collection_id}"
