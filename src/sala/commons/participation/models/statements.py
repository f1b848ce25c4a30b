"""Tables of opinion maps: a conversation about a matter, its statements, what people say to them, the drawn map.

An opinion is a new row, also one that changes an earlier one: nothing is locked that two voters share.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sala.commons.participation.rules.statements import Reason, Standing
from sala.platform.public_fields import PublicCharField, PublicTextField


class Conversation(models.Model):
    """What people think of statements about one matter: from when until when, and who may say it."""

    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, primary_key=True, related_name="conversation"
    )
    question = PublicCharField(max_length=200, help_text="what it is about, in a line")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text="the first instant at which nobody may vote"
    )
    allows_pseudonyms = models.BooleanField(help_text="whether a browser may vote without signing in")
    takes_statements = models.BooleanField(help_text="whether people add statements of their own")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gte=models.F("opens_at")),
                name="conversation_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"conversation {self.matter_id}"


class Statement(models.Model):
    """One thought to agree or disagree with, by the office (a seed) or by somebody who took part."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.PositiveSmallIntegerField(help_text="within its conversation, from 1")
    text = PublicTextField(help_text="what everybody reads, covered")
    original = models.TextField(blank=True, help_text="as written; only its office reads it")
    digest = models.CharField(max_length=64, help_text="digest of its letters: no statement stands twice")
    is_seed = models.BooleanField()
    standing = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Standing])
    reason = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Reason])
    person = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    mark = models.BinaryField(max_length=32, blank=True, default=b"")
    told_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    salt = models.BinaryField(blank=True, default=b"")
    entry_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_numbered"),
            models.UniqueConstraint(fields=["conversation", "digest"], name="statement_once"),
            models.CheckConstraint(
                condition=Q(standing="refused") & ~Q(reason="") | ~Q(standing="refused") & Q(reason=""),
                name="statement_refused_with_reason",
            ),
        )
        indexes = (
            models.Index(fields=["person"], name="statement_person", condition=Q(person__isnull=False)),
        )

    def __str__(self) -> str:
        return f"statement {self.number} of {self.conversation_id}"


class Vote(models.Model):
    """What the bearer of a mark said to a statement at one time; their last row on a statement counts.

    No foreign keys in the database, as with signatures: their checks would lock rows that all voters share.
    """

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, db_constraint=False, db_index=False, related_name="votes"
    )
    number = models.PositiveSmallIntegerField()
    mark = models.BinaryField(max_length=32)
    value = models.SmallIntegerField()
    cast_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = (
            models.Index(
                fields=["conversation", "mark", "number", "-id"], name="vote_last", include=["value"]
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(value__range=(-1, 1)), name="vote_is_one_of_three"),
        )

    def __str__(self) -> str:
        return f"vote {self.pk}"


class DrawnMap(models.Model):
    """The map as drawn last: from which opinions, what it says, and its picture in both languages. No person in it."""

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="drawn_map"
    )
    drawn_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    opinions = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it was drawn from")
    document = models.JSONField(help_text="what the engine says, without its people")
    picture_th = models.BinaryField(help_text="SVG, UTF-8")
    picture_en = models.BinaryField(help_text="SVG, UTF-8")

    def __str__(self) -> str:
        return f"map of {self.conversation_id}"
