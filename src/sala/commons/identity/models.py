"""Tables of identity. No citizen number anywhere; contact data only sealed; digests only keyed."""

from django.db import models


class Person(models.Model):
    """A human we know, as little as possible. After erasure the row stays, empty, so that references hold."""

    class Pace(models.TextChoices):
        """How often a person wants to be told."""

        AT_ONCE = "at_once"
        DAILY = "daily"
        WEEKLY = "weekly"
        NEVER = "never"

    display_name = models.CharField(max_length=100, blank=True, default="")
    language = models.CharField(max_length=2, default="th")
    assurance_level = models.PositiveSmallIntegerField(default=0)
    email_sealed = models.TextField(blank=True, default="")
    email_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    phone_sealed = models.TextField(blank=True, default="")
    phone_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    told = models.CharField(max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"person {self.pk}"


class SignInWay(models.Model):
    """One way by which a person may sign in: a provider's subject or an e-mail address, as keyed digest."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ways")
    way = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["way", "digest"], name="identity_one_person_a_way")]

    def __str__(self) -> str:
        return f"{self.way} of person {self.person_id}"


class SignIn(models.Model):
    """A session that was opened, so that a person can see where they are signed in, and end it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, db_index=True)
    way = models.CharField(max_length=40)
    assurance_level = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sign-in of person {self.person_id} at {self.started_at:%Y-%m-%d %H:%M}"


class LoginCode(models.Model):
    """A code sent by e-mail: only its keyed digest is kept, for ten minutes and a few tries.

    With `person` it confirms a new address of theirs, without it signs in whoever has the address.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    email_sealed = models.TextField()
    email_digest = models.CharField(max_length=64, db_index=True)
    code_digest = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"login code {self.pk}"


class AccessRecord(models.Model):
    """Staff looked at a person's data: shown to that person, without the officer's name.

    `person` is None for somebody without an account (found by `matter`) and after erasure. `looked_by` is for
    an inquiry into misuse only. `entry_id` and `salt` lead to the public entry that holds the commitment.
    """

    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="access_records"
    )
    matter = models.CharField(max_length=40, blank=True, default="", db_index=True)
    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    occurred_at = models.DateTimeField()
    visible_at = models.DateTimeField()
    looked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry_id = models.BigIntegerField()
    salt = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["person", "-occurred_at"], name="identity_looks_at_person")]

    def __str__(self) -> str:
        return f"look {self.pk} by {self.agency} for {self.purpose}"


class AccessQuestion(models.Model):
    """A person asks an agency why it looked; the agency answers. Both texts are sealed."""

    record = models.OneToOneField(AccessRecord, on_delete=models.CASCADE, related_name="question")
    text_sealed = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer_sealed = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"question about look {self.record_id}"


class Consent(models.Model):
    """A person agreed that something be done with their data; withdrawing is as easy as giving."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    wording = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="identity_one_consent_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"consent of person {self.person_id} to {self.purpose}"


class SentOnce(models.Model):
    """Something sent with a key of its sender's, so that sending it again does nothing more: kept for a day.

    `key` and `fingerprint` are digests, of whose key it is and of what was sent; the answer is sealed, for it may
    hold the secret by which a person comes back to their own complaint.
    """

    key = models.CharField(max_length=64, primary_key=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    answer_sealed = models.TextField()
    forgotten_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class RateBucket(models.Model):
    """How full a key of a rate limit is, for all processes: `full_at` in seconds since 1970."""

    key = models.CharField(max_length=64, primary_key=True)
    full_at = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return self.key
