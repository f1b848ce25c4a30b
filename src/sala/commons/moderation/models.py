"""Tables of moderation: what every told thing keeps beside its public words, and what moderators decided."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from sala.commons.moderation.rules import Breach, Privacy, What
from sala.platform.public_fields import PublicTextField

if TYPE_CHECKING:
    from sala.commons.matters.actions import Matter


class Told(models.Model):
    """What a person told and what everyone may read of it: the columns that each kind of matter keeps of it.

    Columns of the kind's own table and not a table of ours, since every list of work asks them and filing writes
    one row less. A subclass has `matter`, its one-to-one to the spine, which is its key.
    """

    privacy = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Privacy])
    hidden_name = models.CharField(max_length=40, blank=True, help_text="in the ledger, unless it is public")
    openings = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="hidden names that lead here for all to see"
    )
    # `original` is restricted; `public_text` is what masking left of it, "" unless it is public.
    original = models.TextField()
    public_text = PublicTextField(blank=True)
    office_text = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="of what is not public, as the office reads and searches it: personal data covered",
    )
    salt = models.BinaryField(help_text="opens the commitment in the ledger; deleted on erasure")
    entry_id = models.BigIntegerField(
        null=True, blank=True, help_text="the entry that commits to the words as they are now"
    )
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="a moderator read the words as they are now and left them so"
    )

    if TYPE_CHECKING:
        matter: "Matter"

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether everyone may read it, as far as the person chose."""
        return self.privacy == Privacy.PUBLIC


class Decision(models.Model):
    """What a moderator decided against what somebody wrote or sent, why, and what became of an appeal."""

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="moderation")
    what = models.CharField(max_length=20, choices=[(w.value, w.value) for w in What])
    breach = models.CharField(max_length=20, choices=[(b.value, b.value) for b in Breach])
    file_id = models.BigIntegerField(null=True, blank=True, help_text="the file it is about")
    part = models.CharField(
        max_length=40, blank=True, default="", db_default="", help_text="which words; empty for what was told"
    )
    before = PublicTextField(
        blank=True, help_text="public words before it, so that an appeal can bring them back"
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(blank=True, help_text="why the person does not accept it; restricted")
    appeal_due_at = models.DateTimeField(null=True, blank=True)
    appeal_decided_at = models.DateTimeField(null=True, blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)
    ruling = PublicTextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(appeal_decided_at__isnull=True, is_upheld__isnull=True)
                | Q(appeal_decided_at__isnull=False, is_upheld__isnull=False, appealed_at__isnull=False),
                name="moderation_appeal_decided_how",
            ),
        )
        indexes = (
            models.Index(fields=["matter"], name="moderation_of_matter"),
            models.Index(
                fields=["appeal_due_at"],
                name="moderation_appeal_waits",
                condition=Q(appealed_at__isnull=False, appeal_decided_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} on {self.matter_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether an appeal against it waits."""
        return self.appealed_at is not None and self.appeal_decided_at is None
