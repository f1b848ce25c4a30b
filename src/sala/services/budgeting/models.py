"""Tables of budgets: headings in a tree, events at them, the loads they came in, and sums kept by day."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Load(models.Model):
    """Events that came in together. `root` is their Merkle root, which the ledger's entry holds too."""

    source = models.CharField(
        max_length=40, help_text="name of the publisher's table, as its mapping gives it"
    )
    fiscal_years = ArrayField(models.PositiveSmallIntegerField(), help_text="Buddhist era, rising")
    root = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="how many events")
    subtrees = models.BinaryField(help_text="hashes over each 256 events, one after the other")
    published_satang = models.BigIntegerField(
        null=True, blank=True, help_text="total that the publisher printed"
    )
    published_stage = models.CharField(max_length=16, blank=True)
    missing_th = models.TextField(blank=True)
    missing_en = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    is_example = models.BooleanField(default=False, help_text="invented, no budget of any country")

    class Meta:
        indexes = (models.Index(fields=("source",), name="budget_load_source"),)

    def __str__(self) -> str:
        return f"{self.source} {self.fiscal_years}"


class Heading(models.Model):
    """A place in the tree of a fiscal year: a ministry, agency, plan, output or project, activity, expense."""

    fiscal_year = models.PositiveSmallIntegerField(help_text="Buddhist era")
    code = models.CharField(max_length=16, unique=True, help_text="made of its year and the names above it")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, blank=True, help_text="output or project")
    name = models.TextField()
    trail = ArrayField(models.BigIntegerField(), help_text="ids from the uppermost heading to this one")
    words = SearchVectorField()

    class Meta:
        indexes = (
            models.Index(fields=("parent", "fiscal_year"), name="budget_heading_parent"),
            GinIndex(fields=("words",), name="budget_heading_words"),
        )

    def __str__(self) -> str:
        return self.name


class BudgetEvent(models.Model):
    """Money added or taken away under a stage at a heading. Never changed: a correction is one more event."""

    heading = models.ForeignKey(Heading, models.PROTECT, related_name="events")
    load = models.ForeignKey(Load, models.PROTECT, related_name="events")
    position = models.PositiveIntegerField(help_text="place among the events of its load, from 0")
    stage = models.CharField(max_length=16)
    money_year = models.PositiveSmallIntegerField(
        help_text="Buddhist year in which the money is meant to be spent"
    )
    satang = models.BigIntegerField()
    holds_on = models.DateField()
    actor = models.CharField(max_length=120, blank=True, help_text="who said so")
    document = models.CharField(max_length=120, blank=True)
    page_from = models.PositiveIntegerField(null=True, blank=True)
    page_to = models.PositiveIntegerField(null=True, blank=True)
    doubtful = models.PositiveIntegerField(default=0, help_text="lines behind it whose reading is doubtful")
    note = models.TextField(blank=True)
    key = models.UUIDField(
        help_text="of what the publisher's row is about, so that it is read twice only once"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("load", "position"), name="budget_event_placed"),)

    def __str__(self) -> str:
        return f"{self.stage} {self.satang}"


class DayTotal(models.Model):
    """Folded sums: what changed at a heading and below it, under a stage, on a day. Money of its own year alone."""

    heading = models.ForeignKey(Heading, models.CASCADE, related_name="totals")
    stage = models.CharField(max_length=16)
    holds_on = models.DateField()
    satang = models.BigIntegerField()
    events = models.PositiveIntegerField()
    doubtful = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("heading", "stage", "holds_on"), name="budget_total_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.heading_id} {self.stage} {self.holds_on}"
