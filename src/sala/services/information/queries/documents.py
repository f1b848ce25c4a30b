"""Given documents as records of their own: the newest, and pages of all of them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from sala.services.information.models import Document


def public_documents() -> QuerySet[Document]:
    """Documents that everyone may fetch: of public requests, given, not withheld since."""
    return Document.objects.filter(
        file__is_public=True,
        answer__released_at__isnull=False,
        answer__request__matter__visibility="public",
    ).select_related("file", "answer__request__matter")


def list_newest(most: int) -> list[Document]:
    """The newest documents that everyone may fetch. One query."""
    return list(public_documents().order_by("-pk")[:most])


def list_documents(
    *, agency: str = "", words: str = "", since: datetime | None = None, before: int | None = None, size: int
) -> tuple[list[Document], int | None]:
    """A page of given documents, the newest first, below the cursor; and the cursor of the next page. One query."""
    rows = public_documents()
    if agency:
        rows = rows.filter(answer__agency=agency)
    if words:
        rows = rows.filter(
            Q(public_title__icontains=words) | Q(answer__request__public_text__icontains=words)
        )
    if since:
        rows = rows.filter(answer__released_at__gte=since)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
