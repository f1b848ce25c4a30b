"""The ledger's tables: entries as actions wrote them, and the tree that the sequencer builds from them."""

from django.db import models
from django.db.models import Func
from django.db.models.functions import Now


class TransactionId(models.Field):
    """PostgreSQL's xid8: which transaction wrote a row. It never wraps around."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class Snapshot(models.Field):
    """PostgreSQL's pg_snapshot: which transactions had ended at one instant."""

    def db_type(self, connection: object) -> str:
        return "pg_snapshot"


class Entry(models.Model):
    """A fact, written in the transaction of the action that made it true. Never changed, never deleted.

    Only two indexes: filing waits for every one of them. Reading by matter goes over `Leaf`.
    """

    txid = TransactionId(db_default=Func(function="pg_current_xact_id"), db_index=True)
    kind = models.TextField()
    matter = models.TextField(null=True)  # noqa: DJ001  # None is "about no matter", an empty text would be a lie
    agency = models.TextField(null=True)  # noqa: DJ001  # as above
    area = models.TextField(null=True)  # noqa: DJ001  # as above
    occurred_at = models.DateTimeField()
    body = models.BinaryField()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.matter or ''}".strip()


class Leaf(models.Model):
    """The position of an entry in the log: gap-free, in commit order. Written by the sequencer alone.

    No foreign key in the database: its check would lock, and so rewrite, every entry once.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, db_constraint=False)
    matter = models.TextField(null=True)  # noqa: DJ001  # as in Entry

    class Meta:
        verbose_name_plural = "leaves"
        indexes = [
            models.Index(
                fields=["matter", "position"],
                name="ledger_leaf_of_matter",
                condition=models.Q(matter__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.position)


class Tile(models.Model):
    """Up to 256 neighbouring hashes of one level of the tree (C2SP tlog-tiles), 32 bytes each."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Head(models.Model):
    """The sequencer's one row: how far it came, and the checkpoints it signed."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    snapshot = Snapshot(null=True)
    cluster = models.TextField(default="")
    checkpoint = models.TextField(default="")
    signed_at = models.DateTimeField(null=True)
    published_size = models.BigIntegerField(default=0)
    published = models.TextField(default="")
    published_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    # What a restore adds to the log's name: a log that was set back never goes on under the old one.
    epoch = models.TextField(db_default="")
    # Since when this ledger goes on elsewhere: nothing more is signed here.
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_head_is_one")]

    def __str__(self) -> str:
        return f"head at {self.size}"


class Witness(models.Model):
    """The size of the tree that a witness last cosigned, where the next consistency proof starts; what it refused.

    `seen_size` is how many entries it said it had seen when it refused; None if it refused for another reason.
    """

    name = models.TextField(primary_key=True)
    size = models.BigIntegerField(default=0)
    cosigned_at = models.DateTimeField(null=True)
    refusal = models.TextField(db_default="")
    refused_at = models.DateTimeField(null=True)
    seen_size = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class Follower(models.Model):
    """How far a durable listener has read: the next position it has not seen."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"
