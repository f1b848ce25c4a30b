"""Tables of the public spine: the matter itself, what makes it findable, who follows it, what they were told."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from sala.commons.matters.rules import Frequency, Visibility
from sala.platform.public_fields import PublicCharField


class Matter(models.Model):
    """One public record: a complaint, hearing, project … with its number, owner, place, stage and dates.

    Agency and area are codes, not foreign keys: a key check would lock the same agency row on every filing, and
    feeds, ledger and exports speak codes anyway. Only actions of this box write here.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    title = PublicCharField(max_length=200)
    visibility = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Visibility])
    agency = models.CharField(max_length=40)
    area = models.CharField(max_length=12, blank=True)
    place = PublicCharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=20)
    project = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    supporters = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["-id"], name="matter_public", condition=Q(visibility="public")),
            # Each filter of the public list, in the list's own order: a page costs the same however many there are.
            models.Index(fields=["kind", "-id"], name="matter_kind", condition=Q(visibility="public")),
            models.Index(fields=["topic", "-id"], name="matter_topic", condition=Q(visibility="public")),
            models.Index(fields=["stage", "-id"], name="matter_stage", condition=Q(visibility="public")),
            # Of the filters that come together the two that most people choose: of what kind, and is it still open.
            models.Index(
                fields=["topic", "stage", "-id"], name="matter_topic_stage", condition=Q(visibility="public")
            ),
            models.Index(fields=["agency", "-id"], name="matter_agency"),
            models.Index(
                OpClass(F("area"), name="text_pattern_ops"),
                F("id").desc(),
                name="matter_area",
                condition=Q(visibility="public"),
            ),
            # What an office has to do, in the order of its list; what lists ask of it is read from the index alone.
            models.Index(
                fields=["agency", "due_at", "id"],
                name="matter_due",
                include=["visibility", "topic", "area", "closed_at"],
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["agency", "-closed_at"], name="matter_closed", condition=Q(closed_at__isnull=False)
            ),
            models.Index(fields=["id"], name="matter_set_aside", condition=Q(visibility="quarantined")),
            # What has no words in the search, so that an office can look through its newest letter by letter.
            models.Index(
                fields=["agency", "-id"],
                name="matter_hidden",
                condition=Q(visibility__in=["agency_only", "confidential"]),
            ),
            models.Index(
                fields=["latitude", "longitude"],
                name="matter_point",
                condition=Q(visibility="public", latitude__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="matter_point_on_earth",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC


class SearchText(models.Model):
    """What makes a matter findable: weighted words, and letter groups for misspellings. Made from the ledger."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="search_text")
    words = SearchVectorField()
    grams = SearchVectorField()
    version = models.CharField(max_length=40)

    class Meta:
        indexes = (
            GinIndex(fields=["words"], name="search_words"),
            GinIndex(fields=["grams"], name="search_grams"),
        )

    def __str__(self) -> str:
        return f"words of {self.matter_id}"


class Follow(models.Model):
    """Someone who wants to be told of a matter: a person, or an e-mail address that was confirmed."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="follows")
    person = models.ForeignKey(
        "identity.Person", models.CASCADE, null=True, blank=True, related_name="follows"
    )
    contact_sealed = models.TextField(blank=True, help_text="e-mail address, sealed")
    contact_digest = models.CharField(max_length=64, blank=True)
    frequency = models.CharField(max_length=8, choices=[(f.value, f.value) for f in Frequency])
    language = models.CharField(max_length=2, default="th")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    last_told_at = models.DateTimeField(null=True, blank=True)
    is_duty = models.BooleanField(
        default=False,
        db_default=False,
        help_text="told only of what their office must act on; follows nothing",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(person__isnull=False), name="follow_once_person"
            ),
            models.UniqueConstraint(
                fields=["matter", "contact_digest"],
                condition=~Q(contact_digest=""),
                name="follow_once_contact",
            ),
        )

    def __str__(self) -> str:
        return f"follow of {self.matter_id}"


class Notice(models.Model):
    """One thing a follower is to be told: an entry of the ledger; several are sent as one letter."""

    follow = models.ForeignKey(Follow, models.CASCADE, related_name="notices")
    entry_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["follow", "entry_id"], name="notice_once"),)
        indexes = (
            models.Index(fields=["created_at"], name="notice_unsent", condition=Q(sent_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"notice {self.entry_id} to {self.follow_id}"
