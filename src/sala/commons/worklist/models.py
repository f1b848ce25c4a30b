"""Tables of worklists: an officer's own views."""

from django.db import models


class SavedView(models.Model):
    """An officer's own view of a list: a name for a set of filters, of one kind of matter."""

    person = models.ForeignKey("identity.Person", models.CASCADE, related_name="saved_views")
    kind = models.CharField(max_length=20)
    agency = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "kind", "agency", "name"], name="saved_view_once"),
        )

    def __str__(self) -> str:
        return self.name
