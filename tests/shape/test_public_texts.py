"""Every text that a table keeps is known to be public, restricted or a code: a new one cannot be forgotten.

Public columns take only a `PublicText`; the rest of this file is the list of all others, each with its reason by group.
"""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from sala.commons.matters.models import Matter
from sala.engines import thai
from sala.platform.catalogues import SOURCE

# What only its office, its person or nobody reads.
RESTRICTED = {
    "correspondence.Message.text",
    "correspondence.ReplyTemplate.name",
    "correspondence.ReplyTemplate.text",
    "information.Request.original",
    "information.Request.office_text",
    "information.Request.where_to_look",
    "information.Transfer.reason",
    "information.ThirdParty.about",
    "information.ThirdParty.reply_text",
    "information.ThirdParty.decision_text",
    "information.Answer.text",
    "information.Answer.searched",
    "information.GroundRelied.reason",
    "information.GroundRelied.what",
    "information.Document.title",
    "information.Proceeding.text",
    "lawmaking.LegalQuestion.original",
    "lawmaking.LegalQuestion.office_text",
    "lawmaking.LegalAnswer.text",
    "complaints.Complaint.original",
    "complaints.Complaint.office_text",
    "complaints.Complaint.happened_words",
    "complaints.Complaint.rating_words",
    "complaints.Handover.reason",
    "participation.Comment.original",
    "participation.Statement.original",
    "worklist.SavedView.name",
    # Letters in the outbox: to whom (sealed, or a digest), what is in them (sealed), what the mail server said.
    "correspondence.OutboundLetter.mailbox",
    "correspondence.OutboundLetter.sealed",
    "correspondence.OutboundLetter.fault",
    "deadlines.Pause.words",
    "identity.Person.display_name",
    "moderation.Decision.appeal",
}
# What the state publishes under its own name, brought in by an administrator.
# The text of a draft is what its office publishes, as a law is: covering it would change what people are asked.
DRAFTS = ("lawmaking.HearingText.", "lawmaking.HearingProvision.", "participation.Comment.provision")
LAWS = ("lawmaking.Work.", "lawmaking.Expression.", "lawmaking.Provision.")
OFFICIAL = ("agencies.", "budgeting.", "places.", "deadlines.LegalPeriod.", "tables.", *LAWS, *DRAFTS)
# Rows that hold no words of people: entries and their tree, keys of sessions and limits.
NO_WORDS = ("ledger.", "identity.")
LONGEST_CODE = 120


def columns() -> Iterator[tuple[str, models.Field]]:
    """Every column of ours that can hold words: no choices, and longer than a code or a reference."""
    for model in apps.get_models():
        if not model.__module__.startswith("sala."):
            continue
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, models.CharField | models.TextField) or field.choices:
                continue
            if isinstance(field, models.CharField) and (field.max_length or 0) <= 40:
                continue
            yield f"{model._meta.app_label}.{model.__name__}.{field.name}", field


def is_code(name: str) -> bool:
    """Digests, sealed texts and names of stored files: they say nothing to a reader."""
    column = name.rpartition(".")[2]
    return column.endswith(("_digest", "sealed", "sha256", "digest", "key", "mailbox")) or column in {
        "stored_as", "holder", "mark", "source_id", "version", "token", "act", "door", "network", "body",
    }  # fmt: skip


def test_every_column_of_words_is_public_by_type_or_known_to_be_restricted() -> None:
    unknown = [
        name
        for name, field in columns()
        if not hasattr(field, "guards_what_is_saved")
        and name not in RESTRICTED
        and not name.startswith((*OFFICIAL, *NO_WORDS))
        and not is_code(name)
    ]
    assert not unknown, "make it a PublicTextField, or say in this file that nobody but its office reads it"


def test_nothing_is_listed_that_is_gone() -> None:
    assert {name for name, _ in columns()} >= RESTRICTED - {"identity.Person.display_name"}


@pytest.mark.req("TRU-2")
@pytest.mark.django_db
@pytest.mark.parametrize("given", [{"title": "โทร 081-234-5678"}, {"place": "บ้านนายสมชาย ใจดี"}])
def test_a_public_column_refuses_a_plain_text(given: dict[str, str]) -> None:
    values = {"title": thai.cover("ไฟดับ"), "place": thai.cover(""), **given}
    with pytest.raises(TypeError, match="PublicText"):
        Matter.objects.create(
            reference="C69-0000001-1", kind="complaint", visibility="public", agency="kk", stage="received",
            opened_at="2026-11-30T00:00:00Z", updated_at="2026-11-30T00:00:00Z", **values,
        )  # fmt: skip


# Who may say that a text is public without covering it, and why: a moderator's hand, an administrator's table,
# what was read from a public column.
MAKERS = {
    "checked": {"commons/moderation/actions/deciding.py"},
    # A quotation is checked to be words of the text itself.
    "official": {"commons/participation/actions/comments.py"},
    "stored": {
        "platform/public_fields.py",
        "services/complaints/queries/loading.py",
        "commons/moderation/queries/words.py",  # what the office reads was covered when it was told
    },
}


@pytest.mark.parametrize("maker", MAKERS)
def test_only_few_places_call_a_text_public_without_covering_it(maker: str) -> None:
    using = set()
    for path in SOURCE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if path.name == "public_text.py" or not ("public_text" in source or f"thai.{maker}(" in source):
            continue
        calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
        handed_on = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        if maker in handed_on or any(getattr(func, "attr", "") == maker for func in calls):
            using.add(path.relative_to(SOURCE).as_posix())
    assert using <= MAKERS[maker]
