"""Tables of correspondence: what was written about a matter, words kept ready, letters out and in."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from sala.commons.files.queries import File
from sala.platform.public_fields import PublicTextField


class Message(models.Model):
    """Words about a matter: a question to the person, their answer, a public reply, an internal note.

    Which kinds there are is told by the kind of matter (`Kind.messages`). `text` is restricted, `public_text` what
    everyone may read of it; `agency` is empty for what a person wrote. `salt` opens the commitment in the entry.
    """

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=16)
    text = models.TextField()
    public_text = PublicTextField(blank=True)
    agency = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    salt = models.BinaryField(blank=True, default=b"")
    entry_id = models.BigIntegerField(null=True, blank=True)

    # The files shown with it, for whoever lists messages: filled by queries, in one read for all of them.
    files: Sequence[File] = ()

    class Meta:
        indexes = (models.Index(fields=["matter", "at"], name="message_of_matter"),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.matter_id}"


class ReplyTemplate(models.Model):
    """Words an agency uses often; inserted by hand, never over what someone typed."""

    agency = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "name"], name="reply_template_once"),)

    def __str__(self) -> str:
        return self.name


class OutboundLetter(models.Model):
    """A letter that leaves by e-mail, once: posted in the transaction that causes it, sent after its commit.

    `sealed` holds all of it and is emptied when it was sent; the row stays for a month, so that what is posted again
    is known. Claiming moves `next_try_at` ahead, so that a letter whose sender died is tried again.
    """

    key = models.CharField(max_length=80, unique=True)
    mailbox = models.CharField(max_length=64, help_text="keyed digest of the folded address")
    sealed = models.TextField()
    is_urgent = models.BooleanField(default=False)
    asks = models.BooleanField(default=False, help_text="to an address that nobody has confirmed")
    posted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(
        max_length=80, blank=True, help_text="kind of the last failure, without any address"
    )

    class Meta:
        indexes = (
            models.Index(
                fields=["-is_urgent", "next_try_at", "id"],
                name="letter_waiting",
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(fields=["mailbox", "posted_at"], name="letter_asking", condition=Q(asks=True)),
            models.Index(fields=["posted_at"], name="letter_age"),
            models.Index(
                fields=["given_up_at"], name="letter_given_up", condition=Q(given_up_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.pk}"


class InboundLetter(models.Model):
    """A letter that came in by e-mail and was taken, by the digest of its Message-ID: taken once."""

    message_digest = models.CharField(max_length=64, unique=True)
    matter = models.ForeignKey(
        "matters.Matter",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="none of a first one",
    )
    taken_as = models.CharField(max_length=16)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"letter about {self.matter_id}"
