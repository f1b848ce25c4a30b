"""Comments on a matter's text: on the whole, on a provision, or on chosen words of one."""

from django.db import models
from django.db.models import Q

from sala.core.actors import Channel
from sala.platform.public_fields import PublicCharField, PublicTextField


class Comment(models.Model):
    """What one person says about a matter, and where in its text they say it.

    The place is a version of the text, the id of a provision in it and, where words were chosen, their first and
    last character there with the words themselves: a later version is searched for the words, never for the numbers
    alone. `question` is the number of a question of the matter that this answers.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="comments")
    version = models.PositiveSmallIntegerField(default=0, help_text="of the text; 0 where there is none")
    provision = models.CharField(max_length=120, blank=True, help_text="id in that version; empty: the whole")
    starts = models.PositiveIntegerField(null=True, blank=True)
    ends = models.PositiveIntegerField(null=True, blank=True)
    quote = PublicTextField(blank=True, help_text="the chosen words, as they stand in the text")
    question = models.PositiveSmallIntegerField(null=True, blank=True)

    original = models.TextField(help_text="as told, restricted")
    public_text = PublicTextField(blank=True)
    suggestion = PublicTextField(blank=True, help_text="the wording the person would like instead, covered")
    shown_name = PublicCharField(
        max_length=60, blank=True, help_text="the name the person chose to be shown by"
    )
    salt = models.BinaryField(help_text="opens the commitment in the ledger; deleted on erasure")
    entry_id = models.BigIntegerField(null=True, blank=True)

    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    person = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    taken_in_by = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()
    hidden_for = models.CharField(
        max_length=20, blank=True, help_text="rule of the site it breaks; empty: shown"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True, quote="")
                | Q(starts__isnull=False, ends__gt=models.F("starts")) & ~Q(quote="") & ~Q(provision=""),
                name="comment_words_have_a_place",
            ),
        )
        indexes = (
            # The page, the thread of a provision and the count of each read these alone, however many there are.
            models.Index(fields=["matter", "-id"], name="comment_newest", condition=Q(hidden_for="")),
            models.Index(
                fields=["matter", "version", "provision", "-id"],
                name="comment_of_provision",
                condition=Q(hidden_for=""),
            ),
            models.Index(fields=["person"], name="comment_person", condition=Q(person__isnull=False)),
        )

    def __str__(self) -> str:
        return f"comment {self.pk}"
