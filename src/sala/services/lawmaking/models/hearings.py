"""Tables of hearings: what people are asked about, the versions of its text, the questions."""

from django.db import models
from django.db.models import F, Q

from sala.platform.public_fields import PublicTextField
from sala.services.lawmaking.models.laws import Work
from sala.services.lawmaking.rules.hearings import About, Rung


class Hearing(models.Model):
    """What an office asks everybody about, why, whom it concerns, and from when until when people may speak."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="hearing")
    about = models.CharField(max_length=12, choices=[(one.value, one.value) for one in About])
    rung = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Rung])
    summary = PublicTextField(help_text="what is proposed")
    why = PublicTextField()
    affected = PublicTextField(blank=True, help_text="who is affected, and how")
    options = PublicTextField(blank=True, help_text="what else could be done")
    open_points = PublicTextField(help_text="what may still change")
    fixed_points = PublicTextField(blank=True, help_text="what cannot be changed this time, and why")
    why_short = PublicTextField(blank=True, help_text="why people have less time than guidance says")
    law = models.ForeignKey(Work, models.SET_NULL, null=True, blank=True, related_name="hearings")
    earlier = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="later",
        help_text="same draft, before this",
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="the first instant at which nobody may speak")
    opened_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="hearing_closes_after_opening"
            ),
        )
        indexes = (models.Index(fields=["closes_at"], name="hearing_closes"),)

    def __str__(self) -> str:
        return f"hearing {self.matter_id}"


class HearingQuestion(models.Model):
    """A question the office asks; each can be answered alone, in a minute."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = PublicTextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["hearing", "number"], name="hearing_question_numbered"),
        )

    def __str__(self) -> str:
        return f"question {self.number} of {self.hearing_id}"


class HearingText(models.Model):
    """A version of what people are asked about. An earlier one stays to be read: comments stand in it."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    note = PublicTextField(blank=True, help_text="what is different in it")
    preamble = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, help_text="of the text that was read")
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["hearing", "number"], name="hearing_text_numbered"),)

    def __str__(self) -> str:
        return f"version {self.number} of {self.hearing_id}"


class HearingProvision(models.Model):
    """A heading or a provision of a version, in its order; `words` are those that comments count characters in."""

    text = models.ForeignKey(HearingText, models.CASCADE, related_name="provisions")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    eid = models.CharField(max_length=120)
    number = models.CharField(max_length=40, blank=True)
    heading = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["text", "eid"], name="hearing_provision_once"),
            models.UniqueConstraint(fields=["text", "order"], name="hearing_provision_ordered"),
        )

    def __str__(self) -> str:
        return self.eid
