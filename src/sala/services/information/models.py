"""Tables of information requests: what was asked, of whom, what was answered by which section, what went above.

Words of both sides, drafts and the files themselves are kept by the floors below (correspondence, drafts, files).
"""

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import Q

from sala.commons.drafts.actions import Sent
from sala.commons.moderation.actions import Told
from sala.core.actors import Channel
from sala.core.deadlines import EscalationLevel
from sala.platform.public_fields import PublicCharField, PublicTextField
from sala.services.information.rules.grounds import Ground, Wish
from sala.services.information.rules.proceedings import Kind, Ruling, Stage
from sala.services.information.rules.states import ANSWERED, OPEN, Status
from sala.services.information.rules.third_parties import Reply
from sala.services.information.rules.wishes import Form, TransferBasis


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Request(Told, Sent):
    """What a person wants to know, and where it stands. The matter carries all that is public about it.

    Words and who may read them are moderation's columns, what shows who asked those of drafts.
    """

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="information_request"
    )
    status = models.CharField(max_length=16, choices=_choices(Status))
    wish = models.CharField(max_length=12, choices=_choices(Wish))
    channel = models.CharField(max_length=8, choices=_choices(Channel))
    # "Where it may be found" is what most often names a person or a file, so it is covered like the rest.
    where_to_look = models.TextField(blank=True, help_text="as told, restricted")
    public_where = PublicTextField(blank=True)
    wanted_as = models.CharField(max_length=12, choices=_choices(Form))
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    is_certified = models.BooleanField(default=False, help_text="copies are to be certified as true")
    language = models.CharField(max_length=2, default="th")

    # Days of the rules (`rules.standing.Case`), in Thailand. They are kept, not read from messages, because every
    # list of work and every figure asks them.
    received_on = models.DateField(help_text="the first office received it; no transfer changes this")
    asked_on = models.DateField(null=True, blank=True)
    clarified_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    extended_to = models.DateField(null=True, blank=True, help_text="fragile things only (s. 11 para 2)")
    standing = models.CharField(max_length=16, help_text="the word of lists; made anew each night")
    last_word = models.CharField(max_length=16, blank=True, default="", help_text="kind of the last message")
    reminded_on = models.DateField(null=True, blank=True)
    escalation = models.CharField(
        max_length=12, blank=True, choices=[(e.value, e.value) for e in EscalationLevel if e]
    )

    person = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="information_requests"
    )
    address_sealed = models.TextField(blank=True, help_text="postal address for copies on paper, sealed")

    first_agency = models.CharField(max_length=40, help_text="asked first; the matter's agency answers now")
    desk = models.ForeignKey(
        "agencies.Desk", models.SET_NULL, null=True, blank=True, related_name="information_requests"
    )
    officer = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    intake_by = models.ForeignKey("identity.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="asked_again")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(wish="information") | Q(privacy="agency_only"), name="own_data_is_never_public"
            ),
            models.CheckConstraint(
                condition=Q(privacy="public") | Q(public_text="", public_where=""),
                name="request_hidden_has_no_public_words",
            ),
        )
        indexes = (
            models.Index(fields=["person"], name="request_person", condition=Q(person__isnull=False)),
            models.Index(fields=["hidden_name"], name="request_hidden", condition=~Q(hidden_name="")),
            models.Index(fields=["standing"], name="request_standing"),
            # Only what waits for an office: the nightly pass and every list of work ask no more than these.
            models.Index(
                fields=["matter"],
                name="request_open",
                include=["status", "received_on", "clarified_on", "last_word", "officer", "desk"],
                condition=Q(status__in=sorted(status.value for status in OPEN)),
            ),
        )

    def __str__(self) -> str:
        return f"information request {self.matter_id}"

    @property
    def state(self) -> Status:
        return Status(self.status)


class Transfer(models.Model):
    """One step from office to office, with its legal ground; the chain is public, the date does not move."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="transfers")
    from_agency = models.CharField(max_length=40)
    to_agency = models.CharField(max_length=40)
    basis = models.CharField(max_length=16, choices=_choices(TransferBasis))
    is_back = models.BooleanField(default=False)
    reason = models.TextField()
    at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["request", "at"], name="transfer_chain"),)

    def __str__(self) -> str:
        return f"{self.from_agency} → {self.to_agency}"


class ThirdParty(models.Model):
    """Somebody whose interests the answer may touch (s. 17): asked, answered, overruled, appealed.

    Who they are is sealed: everyone sees that third parties were asked and until when, nobody sees whom.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="third_parties")
    contact_sealed = models.TextField(help_text="name and address, sealed")
    key_digest = models.CharField(max_length=64, help_text="of the secret in their own link")
    about = models.TextField(help_text="which part touches them, as told to them; restricted")
    received_on = models.DateField(help_text="the notice reached them; their days run from the next")
    object_until = models.DateField()
    reply = models.CharField(max_length=8, choices=_choices(Reply), default=Reply.AWAITED.value)
    reply_text = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    decision_text = models.TextField(blank=True, help_text="why the objection is not heard")
    overruled_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(overruled_on__isnull=True) | Q(reply="objects"),
                name="only_objections_are_overruled",
            ),
            models.CheckConstraint(
                condition=Q(object_until__gte=models.F("received_on")), name="objection_after_notice"
            ),
        )
        indexes = (
            models.Index(fields=["object_until"], name="third_party_waiting", condition=Q(reply="awaited")),
        )

    def __str__(self) -> str:
        return f"third party {self.pk} of {self.request_id}"


class Answer(models.Model):
    """One answer of an office. A later one follows it and never overwrites it: each has its own days to appeal."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    agency = models.CharField(max_length=40)
    result = models.CharField(
        max_length=16, choices=[(status.value, status.value) for status in sorted(ANSWERED)]
    )
    text = models.TextField()
    public_text = PublicTextField(blank=True)
    is_in_time = models.BooleanField(help_text="on or before the expected day")
    searched = models.TextField(blank=True, help_text="where it was looked for, if it is said not to exist")
    fee_baht = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    decided_by = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    notified_on = models.DateField(help_text="the person could read it; their days run from the next")
    release_on = models.DateField(null=True, blank=True, help_text="files are given from this day (s. 17)")
    released_at = models.DateTimeField(null=True, blank=True, help_text="files can be fetched since then")
    warned_on = models.DateField(null=True, blank=True, help_text="that few days are left to appeal")
    salt = models.BinaryField(blank=True, default=b"")
    entry_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["request", "number"], name="answer_numbered"),
            models.CheckConstraint(
                condition=~Q(result="not_held") | ~Q(searched=""), name="not_held_says_where_it_looked"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.number} of {self.request_id}"


class GroundRelied(models.Model):
    """One section on which an answer relies, with the office's reason; a partial answer may have several."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="grounds")
    ground = models.CharField(max_length=16, choices=_choices(Ground))
    reason = models.TextField()
    public_reason = PublicTextField(blank=True)
    what = models.CharField(max_length=200, blank=True, help_text="which part is withheld")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["answer", "ground"], name="ground_once"),)
        indexes = (models.Index(fields=["ground"], name="ground_counted"),)

    def __str__(self) -> str:
        return self.ground


class Document(models.Model):
    """A file given with an answer. Whether everyone may read it, and from when, is kept with the file itself.

    A public one is found by the search under its own title, so that the next person need not ask.
    """

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    public_title = PublicCharField(max_length=200, blank=True)
    file = models.OneToOneField("files.File", models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["answer", "order"], name="document_numbered"),)

    def __str__(self) -> str:
        return self.title


class Proceeding(models.Model):
    """A complaint to the Board or an appeal through it to the Tribunal, with its clock.

    `is_recorded_for`: it was filed outside this platform and is told here by the Board's staff or the person.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="proceedings")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, blank=True, related_name="proceedings")
    third_party = models.ForeignKey(
        ThirdParty, models.PROTECT, null=True, blank=True, related_name="proceedings"
    )
    kind = models.CharField(max_length=20, choices=_choices(Kind))
    stage = models.CharField(max_length=16, choices=_choices(Stage))
    ruling = models.CharField(max_length=16, blank=True, choices=_choices(Ruling))
    text = models.TextField(help_text="what the person wrote; restricted")
    public_text = PublicTextField(blank=True)
    board_number = models.CharField(max_length=40, blank=True)
    filed_on = models.DateField()
    due_on = models.DateField(help_text="whoever has it now decides or passes it on by this day")
    forwarded_on = models.DateField(null=True, blank=True)
    is_extended = models.BooleanField(default=False)
    extension_reason = PublicTextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    ruling_text = PublicTextField(blank=True)
    is_given = models.BooleanField(default=False, help_text="what was ruled to be given has been given")
    is_recorded_for = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["request", "kind"],
                condition=Q(stage__in=["at_board", "before_tribunal"], third_party__isnull=True),
                name="one_open_proceeding_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(stage="decided", decided_on__isnull=False) & ~Q(ruling="")
                | ~Q(stage="decided") & Q(decided_on__isnull=True, ruling=""),
                name="proceeding_decided_how",
            ),
            models.CheckConstraint(
                condition=Q(is_extended=False) | ~Q(extension_reason=""), name="extension_has_reasons"
            ),
            models.CheckConstraint(
                condition=Q(kind="objector_appeal", third_party__isnull=False)
                | ~Q(kind="objector_appeal") & Q(third_party__isnull=True),
                name="objector_appeal_is_a_third_partys",
            ),
        )
        indexes = (
            models.Index(
                fields=["due_on"],
                name="proceeding_waiting",
                condition=Q(stage__in=["at_board", "before_tribunal"]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} about {self.request_id}"

    @property
    def is_late(self) -> bool:
        """Whether the ruling came after its day; of a running one ask the rules with today."""
        decided: date | None = self.decided_on
        return decided is not None and decided > self.due_on
