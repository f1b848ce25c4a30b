"""Tables around signatures: sheets of paper, who signed (for a while), what was set aside and why."""

from django.db import models
from django.db.models.functions import Now

from sala.commons.participation.rules import InvalidationState


class Sheet(models.Model):
    """A sheet of paper with signatures, entered by an officer; its number is unique within the collection.

    Of its rows `counted` are new, `double` had signed already (online or on another sheet), `wrong` bear a number
    that is no citizen's.
    """

    collection = models.ForeignKey("participation.Collection", models.CASCADE, related_name="sheets")
    number = models.CharField(max_length=40)
    entered_at = models.DateTimeField(db_default=Now())
    entered_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, related_name="+")
    counted = models.PositiveIntegerField()
    double = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["collection", "number"], name="sheet_entered_once"),)

    def __str__(self) -> str:
        return f"sheet {self.number}"


class Signatory(models.Model):
    """Who signed, as the paper says: name and citizen number, sealed. Gone when the collection's time is over."""

    signature = models.OneToOneField(
        "participation.Signature",
        models.CASCADE,
        primary_key=True,
        db_constraint=False,
        related_name="signatory",
    )
    details_sealed = models.TextField()

    def __str__(self) -> str:
        return f"signatory of {self.signature_id}"


class Invalidation(models.Model):
    """Signatures set aside together by a condition, with its reason; undone by reversing it.

    Works through the signatures in the order of their keys, `done_to` says how far; `touched` how many it set aside.
    """

    collection = models.ForeignKey("participation.Collection", models.CASCADE, related_name="invalidations")
    condition = models.JSONField()
    reason = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in InvalidationState])
    expected = models.PositiveIntegerField(help_text="how many the preview counted")
    touched = models.PositiveIntegerField(default=0)
    done_to = models.BigIntegerField(default=0)
    last = models.BigIntegerField(help_text="the last signature there was when it began")
    begun_at = models.DateTimeField(db_default=Now())
    begun_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"invalidation {self.pk}: {self.reason}"
