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
    told = models.CharField(max_length=10, choices=Pace.choices, default=Pace.DAILY)
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
    """A code sent by e-mail: only its keyed digest is kept, for ten minutes and a few tries."""

    email_sealed = models.TextField()
    email_digest = models.CharField(max_length=64, db_index=True)
    code_digest = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"login code {self.pk}"
