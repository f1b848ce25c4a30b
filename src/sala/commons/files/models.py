"""The table of files: one row for each that is kept, whatever kind of matter it belongs to."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from sala.commons.files import rules


class File(models.Model):
    """A picture or document, cleaned, under a random name outside the web root; the name it was sent with is not kept.

    It belongs to a matter, or is held for something that is not one yet (`holder`, a draft). Messages are kept on
    another floor: `message_id` is only the key of the one it was shown with. A copy with covered parts is a file of
    its own that knows the uncovered one, which is never public.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, null=True, blank=True, related_name="files")
    holder = models.CharField(
        max_length=80,
        blank=True,
        default="",
        db_default="",
        help_text="what holds it before it belongs to a matter",
    )
    message_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    stored_as = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    wish = models.CharField(
        max_length=8,
        choices=[(wish.value, wish.value) for wish in rules.Wish],
        default=rules.Wish.PUBLIC.value,
        db_default=rules.Wish.PUBLIC.value,
    )
    is_public = models.BooleanField(default=False)
    public_from = models.DateTimeField(null=True, blank=True, help_text="public only from this instant on")
    awaits_look = models.BooleanField(
        default=False, db_default=False, help_text="a moderator looks before everyone may see it"
    )
    uncovered = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="covered_copy",
        help_text="the file of which this is a copy with covered parts",
    )
    by_agency = models.CharField(max_length=40, blank=True, help_text="empty for what the person sent")
    added_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(matter__isnull=False) | ~Q(holder=""), name="file_belongs"),
        )
        indexes = (
            models.Index(fields=["holder"], name="file_held", condition=~Q(holder="")),
            models.Index(fields=["matter"], name="file_awaits_look", condition=Q(awaits_look=True)),
        )

    def __str__(self) -> str:
        return self.stored_as

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture; the others are documents."""
        return self.media_type.startswith("image/")

    def is_seen(self, now: datetime) -> bool:
        """Whether everyone may see it now, if its matter is public."""
        return rules.may_be_seen(is_public=self.is_public, public_from=self.public_from, now=now)
