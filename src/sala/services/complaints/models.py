"""Tables of complaints: what was told, what was answered, what is attached, who is affected too."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from sala.commons.drafts.actions import Sent
from sala.commons.moderation.actions import Told
from sala.core.actors import Channel
from sala.core.deadlines import EscalationLevel
from sala.engines.thai.public_text import NOTHING
from sala.platform.public_fields import PublicTextField
from sala.services.complaints.rules import (
    UNFINISHED,
    Outcome,
    RejectionReason,
    Status,
)


def _choices(values: type[Status] | type[Channel] | type[Outcome]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Complaint(Told, Sent):
    """What a person told us, and where it stands. The matter carries all that is public about it."""

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="complaint"
    )
    status = models.CharField(max_length=12, choices=_choices(Status))
    channel = models.CharField(max_length=8, choices=_choices(Channel))
    happened_on = models.DateField(null=True, blank=True)
    happened_words = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField(
        null=True, blank=True, help_text="a paper form that was received before the day it was recorded"
    )
    guesses = models.JSONField(default=list)
    is_triaged = models.BooleanField(default=False)
    # What every list of work asks, kept here so that none must read the pauses and messages of each complaint.
    is_paused = models.BooleanField(default=False, db_default=False)
    last_word = models.CharField(
        max_length=12,
        blank=True,
        default="",
        db_default="",
        help_text="kind of the last message, notes apart",
    )

    person = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="complaints"
    )
    is_to_be_erased = models.BooleanField(
        default=False,
        db_default=False,
        help_text="its person is erased; the words go when the office closes it",
    )
    contact_sealed = models.TextField(blank=True, help_text="name, phone, e-mail as JSON, sealed")
    point_sealed = models.TextField(
        blank=True,
        db_default="",
        default="",
        help_text="the point as told, sealed, where everyone sees less of it",
    )
    phone_tail_digest = models.CharField(max_length=64, blank=True, help_text="of the last four digits")
    phone_digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="of the whole telephone number, so that who takes a call finds what the caller told before",
    )
    key_digest = models.CharField(max_length=64, help_text="of the secret in the person's own link")

    desk = models.ForeignKey(
        "agencies.Desk", models.SET_NULL, null=True, blank=True, related_name="complaints"
    )
    officer = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    intake_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    bounces = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    escalation = models.CharField(
        max_length=12, blank=True, choices=[(e.value, e.value) for e in EscalationLevel if e]
    )
    rejection = models.CharField(
        max_length=20, blank=True, choices=[(r.value, r.value) for r in RejectionReason]
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    confirm_by = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=_choices(Outcome))
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_words = models.TextField(blank=True)
    source = models.CharField(max_length=40, blank=True, help_text="mapping of the import it came by")
    source_id = models.CharField(max_length=80, blank=True)
    adopted_at = models.DateTimeField(
        null=True, blank=True, help_text="first step here on an imported one; until then it is history"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="rating_1_to_5"
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="complaint_once_per_source"
            ),
        )
        indexes = (
            models.Index(fields=["person"], name="complaint_person", condition=Q(person__isnull=False)),
            models.Index(fields=["phone_digest"], name="complaint_caller", condition=~Q(phone_digest="")),
            models.Index(fields=["confirm_by"], name="complaint_confirm", condition=Q(status="resolved")),
            models.Index(fields=["hidden_name"], name="complaint_hidden", condition=~Q(hidden_name="")),
            models.Index(fields=["parent"], name="complaint_parts", condition=Q(parent__isnull=False)),
            models.Index(
                fields=["resolved_at"], name="complaint_done", condition=Q(resolved_at__isnull=False)
            ),
            models.Index(
                fields=["matter"],
                name="complaint_again",
                condition=Q(reopened__gt=0, resolved_at__isnull=True),
            ),
            models.Index(
                fields=["status"],
                name="complaint_finished",
                condition=Q(status__in=sorted(frozenset(Status) - UNFINISHED)),
            ),
            # Only what waits for somebody: the table may grow, these do not. The first holds all that lists of
            # work ask, so that they are counted without reading the complaints.
            models.Index(
                fields=["matter"],
                name="complaint_unfinished",
                include=[
                    *("status", "is_triaged", "is_paused", "last_word", "escalation", "bounces"),
                    *("officer", "desk", "privacy", "source", "adopted_at"),
                ],
                condition=Q(status__in=sorted(UNFINISHED)),
            ),
            models.Index(
                fields=["-matter"],
                name="complaint_covered",
                condition=Q(checked_at__isnull=True, source="", privacy="public")
                & ~Q(public_text=models.F("original")),
            ),
        )

    def __str__(self) -> str:
        return f"complaint {self.matter_id}"

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def began_at(self) -> datetime:
        """Since when the periods run: the day a paper form was received, else the moment it was recorded."""
        return self.received_at or self.matter.opened_at

    @property
    def is_history(self) -> bool:
        """Whether an earlier system brought it and nobody here has begun on it: no clock of ours runs."""
        return bool(self.source) and self.adopted_at is None


class Share(models.Model):
    """An agency that may see and help with a complaint without owning it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="shares")
    agency = models.CharField(max_length=40)
    shared_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["complaint", "agency"], name="share_once"),)
        indexes = (models.Index(fields=["agency"], name="share_agency"),)

    def __str__(self) -> str:
        return f"{self.complaint_id} shared with {self.agency}"


class Handover(models.Model):
    """One step of the chain: from which agency to which, how, and why."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="handovers")
    from_agency = models.CharField(max_length=40)
    to_agency = models.CharField(max_length=40)
    move = models.CharField(max_length=12)
    reason = models.TextField()
    told_reason = PublicTextField(
        blank=True,
        default=NOTHING,
        db_default=NOTHING,
        help_text="the reason as the person and everyone reads it",
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["complaint", "at"], name="handover_chain"),)

    def __str__(self) -> str:
        return f"{self.from_agency} → {self.to_agency}"


class Appeal(models.Model):
    """The person does not accept how it ended; `agency` decides, by `due_at`, and is not the office that ended it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="appeals")
    agency = models.CharField(max_length=40)
    against = models.CharField(max_length=12, choices=_choices(Outcome))
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(decided_at__isnull=True), name="one_open_appeal"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_upheld__isnull=True)
                | Q(decided_at__isnull=False, is_upheld__isnull=False),
                name="appeal_decided_how",
            ),
        )
        indexes = (
            models.Index(fields=["agency"], name="appeal_waiting", condition=Q(decided_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"appeal of {self.complaint_id}"
