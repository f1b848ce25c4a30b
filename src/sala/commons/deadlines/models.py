"""Tables of deadlines: periods that laws and this installation set, the dates that run, when a clock stood still."""

from django.db import models
from django.db.models import Q

from sala.core.deadlines import Basis, Unit


class LegalPeriod(models.Model):
    """A period the law or a rule of this installation sets, with its source and the days it is in force.

    `kind` is the kind of matter whose period it is: two services may both have an "appeal".
    """

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=24)
    topic = models.CharField(max_length=40, blank=True)
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, choices=[(u.value, u.value) for u in Unit])
    counted_from = models.CharField(
        max_length=24, blank=True, help_text="the event its days are counted from"
    )
    law_th = models.CharField(max_length=300)
    law_en = models.CharField(max_length=300)
    basis = models.CharField(max_length=12, choices=[(b.value, b.value) for b in Basis])
    source = models.CharField(max_length=300, blank=True, help_text="where its text was read")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "code", "topic", "valid_from"], name="legal_period_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.days}"


class Pause(models.Model):
    """A time in which a clock of a matter stood still, with its reason; open while `ended_at` is empty.

    A matter has one clock of its own (`clock` ""); what runs beside it, like an appeal, has another.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="pauses")
    clock = models.CharField(max_length=24, blank=True, default="", db_default="")
    reason = models.CharField(max_length=24)
    words = models.TextField(blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "clock"], condition=Q(ended_at__isnull=True), name="pause_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"pause of {self.matter_id}"


class Deadline(models.Model):
    """A date that runs: since when it is counted, by which period, and by which days that are no working days.

    The matter's own date (`clock` "") stands on the matter, which every list orders by; what runs beside it, like an
    appeal, has its `due_at` here. `calendars` is the version of the calendars by which the date was counted last: a
    holiday declared later is one of a later version, and so every date that does not know of it yet can be found.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="deadlines")
    clock = models.CharField(max_length=24, blank=True, default="")
    agency = models.CharField(
        max_length=40, blank=True, help_text="whose calendar counts; empty for the owner's"
    )
    period = models.CharField(max_length=24, help_text="code of the legal period")
    unit = models.CharField(max_length=8, choices=[(u.value, u.value) for u in Unit])
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty where nobody noted it")
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, help_text="empty for the matter's own date")
    calendars = models.PositiveBigIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "clock"], condition=Q(ended_at__isnull=True), name="deadline_runs_once"
            ),
            models.CheckConstraint(
                condition=Q(clock="") | Q(due_at__isnull=False), name="deadline_beside_has_its_date"
            ),
        )
        indexes = (
            models.Index(
                fields=["calendars"], name="deadline_counted_by", condition=Q(ended_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.period} of {self.matter_id}"
