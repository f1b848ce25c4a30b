"""Tables of legal questions: what was asked, who had it, what was answered by which section.

Words of both sides and drafts are kept by the floors below (correspondence, drafts).
"""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from sala.commons.drafts.actions import Sent
from sala.commons.moderation.actions import Told
from sala.core.actors import Channel
from sala.core.deadlines import EscalationLevel
from sala.platform.public_fields import PublicCharField, PublicTextField
from sala.services.lawmaking.rules.questions import ANSWERED, OPEN, Openness, Reason, Standing, Status


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class LegalQuestion(Told, Sent):
    """What a person asks about a law or rule, and where it stands. The matter carries all that is public about it."""

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="legal_question"
    )
    status = models.CharField(max_length=16, choices=_choices(Status))
    channel = models.CharField(max_length=8, choices=_choices(Channel))
    language = models.CharField(max_length=2, default="th")
    shown_name = PublicCharField(
        max_length=60, blank=True, help_text="the name the person chose to be shown by"
    )
    about_law = PublicCharField(max_length=200, blank=True, help_text="the law or paper the person names")

    # Days of the rules (`rules.questions.Case`), in Thailand: every list of work and every figure asks them.
    received_on = models.DateField(
        help_text="the first office received it; passing it on does not change this"
    )
    asked_on = models.DateField(null=True, blank=True)
    clarified_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    standing = models.CharField(
        max_length=16, choices=_choices(Standing), help_text="the word of lists; made anew each night"
    )
    last_word = models.CharField(max_length=16, blank=True, default="", help_text="kind of the last message")
    escalation = models.CharField(
        max_length=12, blank=True, choices=[(e.value, e.value) for e in EscalationLevel if e]
    )

    person = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="legal_questions"
    )
    first_agency = models.CharField(max_length=40, help_text="asked first; the matter's agency answers now")
    desk = models.ForeignKey(
        "agencies.Desk", models.SET_NULL, null=True, blank=True, related_name="legal_questions"
    )
    officer = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    intake_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(privacy="public") | Q(public_text="", shown_name="", about_law=""),
                name="question_hidden_has_no_public_words",
            ),
        )
        indexes = (
            models.Index(fields=["person"], name="question_person", condition=Q(person__isnull=False)),
            models.Index(fields=["hidden_name"], name="question_hidden", condition=~Q(hidden_name="")),
            models.Index(fields=["standing"], name="question_standing"),
            # Only what is not answered yet: the clock's look and every list of work ask no more than these.
            models.Index(
                fields=["matter"],
                name="question_open",
                include=["status", "received_on", "clarified_on", "last_word", "officer", "desk"],
                condition=Q(status__in=sorted(status.value for status in OPEN)),
            ),
        )

    def __str__(self) -> str:
        return f"legal question {self.matter_id}"

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def openness(self) -> Openness:
        return Openness(self.privacy)


class Passing(models.Model):
    """One step from office to office; the chain is public, the day does not move."""

    question = models.ForeignKey(LegalQuestion, models.CASCADE, related_name="passings")
    from_agency = models.CharField(max_length=40)
    to_agency = models.CharField(max_length=40)
    reason = PublicTextField(help_text="what the office tells the person, covered")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["question", "at"], name="passing_chain"),)

    def __str__(self) -> str:
        return f"{self.from_agency} → {self.to_agency}"


class LegalAnswer(models.Model):
    """One answer of an office, or why it gives none. A later one follows it and never overwrites it."""

    question = models.ForeignKey(LegalQuestion, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    agency = models.CharField(max_length=40)
    result = models.CharField(max_length=16, choices=[(one.value, one.value) for one in sorted(ANSWERED)])
    reason = models.CharField(max_length=24, blank=True, choices=_choices(Reason))
    earlier = models.ForeignKey(
        LegalQuestion, models.PROTECT, null=True, blank=True, related_name="answers_that_lead_here"
    )
    text = models.TextField()
    public_text = PublicTextField(blank=True)
    is_in_time = models.BooleanField(help_text="on or before the expected day")
    decided_by = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField()
    is_replaced = models.BooleanField(default=False, help_text="a later one was given in its place")
    days = models.PositiveSmallIntegerField(help_text="calendar days that the office took")
    salt = models.BinaryField(blank=True, default=b"")
    entry_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["question", "number"], name="legal_answer_numbered"),
            models.CheckConstraint(
                condition=Q(result="answered", reason="", earlier__isnull=True)
                | Q(result="declined") & ~Q(reason=""),
                name="legal_answer_declined_with_reason",
            ),
        )
        indexes = (models.Index(fields=["-answered_at"], name="legal_answer_newest"),)

    def __str__(self) -> str:
        return f"answer {self.number} of {self.question_id}"


class LawCited(models.Model):
    """A law and the section on which an answer relies. The library will know it by these words."""

    answer = models.ForeignKey(LegalAnswer, models.CASCADE, related_name="laws")
    order = models.PositiveSmallIntegerField()
    law = PublicCharField(max_length=200)
    section = PublicCharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["answer", "order"], name="law_cited_numbered"),)

    def __str__(self) -> str:
        return f"{self.law} {self.section}"
