"""Tables of the state's bodies: agencies, mandates, desks, holidays, and who works for whom."""

from django.db import models
from django.db.models import F, Q

from sala.commons.agencies.rules import AgencyKind
from sala.core.actors import Role


def _choices(values: type[AgencyKind] | type[Role]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Agency(models.Model):
    """A body of the state that can be asked, and must answer."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=24, choices=_choices(AgencyKind))
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    short_th = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    area = models.ForeignKey("places.Area", models.PROTECT, null=True, blank=True, related_name="agencies")
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True, db_default="", default="")
    line_id = models.CharField(max_length=60, blank=True, db_default="", default="")
    address_th = models.CharField(max_length=300, blank=True, db_default="", default="")
    address_en = models.CharField(max_length=300, blank=True, db_default="", default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    hours = models.CharField(
        max_length=200,
        blank=True,
        db_default="",
        default="",
        help_text='as in OpenStreetMap: "Mo-Fr 08:30-16:30"',
    )
    channels = models.CharField(
        max_length=120,
        blank=True,
        db_default="",
        default="",
        help_text="codes of rules.CHANNELS, parted by spaces",
    )
    is_step_free = models.BooleanField(
        null=True, blank=True, help_text="a wheelchair gets in; empty: not known"
    )
    is_central = models.BooleanField(default=False, help_text="takes what nobody else can be found for")
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name_th

    def name(self, language: str) -> str:
        """The agency's name in "th" or "en"."""
        return self.name_en if language == "en" else self.name_th


class Desk(models.Model):
    """A unit inside an agency that work is given to."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="desks")
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "name_th"], name="desk_once"),)

    def __str__(self) -> str:
        return self.name_th

    def name(self, language: str) -> str:
        """The desk's name in "th" or "en"."""
        return self.name_en if language == "en" else self.name_th


class Mandate(models.Model):
    """Why an agency answers for a topic in an area: the law, and from when until when."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="mandates")
    topic = models.SlugField(max_length=40)
    area = models.ForeignKey("places.Area", models.PROTECT, null=True, blank=True, related_name="mandates")
    law_th = models.CharField(max_length=300)
    law_en = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "topic", "area", "valid_from"], name="mandate_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="mandate_order",
            ),
        )
        indexes = (models.Index(fields=["topic"], name="mandate_topic"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.topic}"


class Holiday(models.Model):
    """A day on which the clock of working days stands still, for the whole country or for one agency."""

    on = models.DateField()
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="holidays")
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["on", "agency"], name="holiday_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.name_th}"


class Appointment(models.Model):
    """One role that one person holds for one agency, from when until when, and who granted it."""

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=16, choices=_choices(Role))
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                condition=Q(ended_at__isnull=True),
                name="appointment_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.agency_id}"
