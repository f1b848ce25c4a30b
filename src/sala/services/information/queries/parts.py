"""Words of a request that everyone reads, part by part: what a moderator may cover by hand.

What was asked and where it may be found, each answer with its reasons and titles, what was written, what went to the
Board. Words that only the office reads are not among them.
"""

from sala.commons.moderation.queries import Part, told_part
from sala.core.errors import NotFound
from sala.services.information.models import Document, GroundRelied, Proceeding, Request

WHERE = "where"
LONGEST_TITLE = 200


def list_parts(request: Request) -> list[Part]:
    """Every part that has public words, in the order of the page. Five queries, some of them at hand already."""
    found = [told_part(request), Part(WHERE, request, request.where_to_look, column="public_where")]
    found += [
        Part(f"answer-{answer.number}", answer, answer.text)
        for answer in sorted(request.answers.all(), key=lambda answer: answer.number)
    ]
    found += [
        Part(f"reason-{row.pk}", row, row.reason, column="public_reason")
        for row in GroundRelied.objects.filter(answer__request=request).order_by("pk")
    ]
    found += [
        Part(f"title-{row.pk}", row, row.title, column="public_title", longest=LONGEST_TITLE)
        for row in Document.objects.filter(answer__request=request).order_by("pk")
    ]
    found += [
        Part(f"message-{row.pk}", row, row.text) for row in request.matter.messages.order_by("at", "pk")
    ]
    found += [
        Part(f"above-{row.pk}", row, row.text)
        for row in Proceeding.objects.filter(request=request).order_by("pk")
    ]
    return [part for part in found if part.public_text]


def get_part(request: Request, code: str) -> Part:
    """The part of a code. Raises NotFound for one that is gone or that nobody reads."""
    found = next((part for part in list_parts(request) if part.code == code), None)
    if found is None:
        raise NotFound("not_found")
    return found
