"""Runs of imports: what each brought in, and what it could not."""

from django.db import models

from sala.platform.public_fields import PublicCharField


class Run(models.Model):
    """One table brought in once. It is kept when what it added is taken away again."""

    importer = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    file = PublicCharField(max_length=120, help_text="its name alone, covered; never in the ledger")
    digest = models.CharField(max_length=64, help_text="of the rows as read, whatever file they came in")
    person = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField()
    # Empty where it was stopped in the middle: the same table again brings in the rest.
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    taken_back = models.PositiveIntegerField(default=0, help_text="things that went when it was undone")
    notes = models.JSONField(default=list, help_text="[code, of what, rows] each")

    class Meta:
        indexes = (models.Index(fields=["-began_at"], name="run_newest"),)

    def __str__(self) -> str:
        return f"run {self.pk} of {self.importer}"


class Added(models.Model):
    """One thing that a run added, by its importer's own key; `stays` says why an undone run left it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="things")
    key = models.CharField(max_length=120)
    stays = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "key"], name="added_once"),)

    def __str__(self) -> str:
        return self.key


class RefusedRow(models.Model):
    """A row that a run could not take, sealed: it is what an office knows of people."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="refused_rows")
    row_sealed = models.TextField(help_text="the row of the report, as JSON, sealed")

    def __str__(self) -> str:
        return f"row refused by run {self.run_id}"
