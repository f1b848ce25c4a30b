"""Tables of places: areas with their codes and middles, and the other names people give them."""

from django.db import models

from sala.core.area_codes import AreaLevel


class Area(models.Model):
    """A piece of the country with its official code: 2 digits a province, 4 a district, 6 a subdistrict."""

    code = models.CharField(max_length=12, unique=True)
    level = models.CharField(max_length=12, choices=[(level.value, level.value) for level in AreaLevel])
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    postal_code = models.CharField(max_length=5, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        db_table = "agencies_area"  # where it stood first: see docs/adr/0008-places-below-agencies.md
        indexes = (models.Index(fields=["level", "name_th"], name="area_level_name"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name_th}"

    def name(self, language: str) -> str:
        """The area's name in "th" or "en"."""
        return self.name_en if language == "en" else self.name_th


class AreaAlias(models.Model):
    """Another name of an area: a short form, an old name, a town that is none; with who says so and since when."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "name"], name="area_alias_once"),)

    def __str__(self) -> str:
        return f"{self.name} = {self.area_id}"


class Edition(models.Model):
    """How often the tables of places were changed: one row, by which each process sees that its copy is old."""

    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.number)
