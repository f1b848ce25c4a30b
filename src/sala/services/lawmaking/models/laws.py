"""Tables of the law library: a law (FRBR work), its versions (expressions), their headings and provisions."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Work(models.Model):
    """A law, whatever its text is on a day. `code` is its permanent name in addresses."""

    code = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40, help_text="act, code, notice …: names of engines.legislation")
    title = models.TextField()
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Buddhist era")
    amends = models.TextField(blank=True, help_text="title of the law that it changes")
    agency = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="who printed the text that was read")
    url = models.CharField(max_length=500, blank=True)
    is_example = models.BooleanField(default=False, help_text="invented, no law of any country")
    words = SearchVectorField()

    class Meta:
        indexes = (
            models.Index(fields=("kind", "year"), name="law_work_kind"),
            GinIndex(fields=("words",), name="law_work_words"),
        )

    def __str__(self) -> str:
        return self.title


class Expression(models.Model):
    """A version of a law: its text as it holds from a day on. No day: since the law is there."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="versions")
    holds_from = models.DateField(null=True, blank=True)
    holds_until = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, help_text="of the text that was read")
    preamble = models.TextField(blank=True)
    ending = models.TextField(blank=True, help_text="signature, annexes and notes behind the last provision")
    akn = models.TextField(help_text="the version in Akoma Ntoso 3.0")
    not_understood = models.JSONField(default=list, help_text="lines that the reader could not place")
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("work", "holds_from"), nulls_distinct=False, name="law_version_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.work_id}@{self.holds_from or ''}"


class Provision(models.Model):
    """A heading, มาตรา or ข้อ of a version, in its order."""

    version = models.ForeignKey(Expression, models.CASCADE, related_name="provisions")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    eid = models.CharField(max_length=120)
    path = models.CharField(
        max_length=240, blank=True, help_text="ids of the headings above, parted by blanks"
    )
    number = models.CharField(max_length=40, blank=True)
    number_arabic = models.CharField(max_length=40, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    content = models.JSONField(default=list, help_text="paragraphs with their points")
    words = SearchVectorField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "eid"), name="law_provision_once"),
            models.UniqueConstraint(fields=("version", "order"), name="law_provision_ordered"),
        )
        indexes = (GinIndex(fields=("words",), name="law_provision_words"),)

    def __str__(self) -> str:
        return self.eid

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Its paragraphs with their points, for pages: each has `text`, `points` and `tail`, none of them missing.

        Never the stored `content` itself: a page that asks a dictionary for the points of a paragraph without any
        would be given the dictionary's own method of that name.
        """
        return [
            {"text": part.get("text", ""), "points": _points(part), "tail": part.get("tail", "")}
            for part in self.content
        ]


def _points(within: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"label": item["label"], "text": item.get("text", ""), "points": _points(item)}
        for item in within.get("items", ())
    ]
