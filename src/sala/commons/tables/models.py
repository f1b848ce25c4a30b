"""Figures as the worker counted them last. They may be thrown away and counted anew at any time."""

from django.db import models


class CachedFigure(models.Model):
    """A counted figure, or a row of them, by name ("complaints.country"): pages must not count a country each time."""

    name = models.CharField(max_length=120, primary_key=True)
    counted_at = models.DateTimeField()
    content = models.JSONField()

    def __str__(self) -> str:
        return self.name
