"""Tables of drafts: what is being written, what shows who sent it, codes on paper that are exchanged for a link."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from sala.commons.matters.actions import Matter


class Draft(models.Model):
    """Something being written; reached by the secret in its address, gone after a week."""

    kind = models.CharField(max_length=20, help_text="of the matter it will be")
    token_digest = models.CharField(max_length=64, unique=True)
    answers_sealed = models.TextField(help_text="what was typed so far, as JSON, sealed")
    person = models.ForeignKey(
        "identity.Person", models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    updated_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["updated_at"], name="draft_age"),)

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def holder(self) -> str:
        """Under what its files are held until it is sent."""
        return f"draft:{self.pk}"


class Sent(models.Model):
    """What shows who sent it: the columns that each kind of matter keeps of the person behind it.

    A subclass has `matter`, its one-to-one to the spine, and `person`, the account if there was one.
    """

    contact_sealed = models.TextField(blank=True, help_text="name, phone, e-mail as JSON, sealed")
    phone_tail_digest = models.CharField(max_length=64, blank=True, help_text="of the last four digits")
    key_digest = models.CharField(max_length=64, help_text="of the secret in the person's own link")
    is_to_be_erased = models.BooleanField(
        default=False,
        db_default=False,
        help_text="its person is erased; the words go when the office closes it",
    )

    if TYPE_CHECKING:
        matter: "Matter"
        person_id: int | None

    class Meta:
        abstract = True


class Claim(models.Model):
    """A code on paper that its person exchanges for their own link: once, so that a second user is noticed.

    Whoever takes a matter in for somebody never holds that person's link; the code is printed, and what it opens
    tells the person when it was used.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="claims")
    code_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["matter"], name="claim_of_matter"),)

    def __str__(self) -> str:
        return f"claim of {self.matter_id}"
