"""Long lists for programs: a page at a time, with the address of the next one in the header Link (RFC 8288)."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from pydantic import Field

Row = TypeVar("Row")
PAGE = 200  # rows; some seventy kilobytes of JSON
Size = Annotated[int, Field(ge=1, le=1000)]
After = Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f]*$")]


def cut(
    rows: Sequence[Row],
    key: Callable[[Row], str],
    *,
    request: HttpRequest,
    response: HttpResponse,
    after: str,
    size: int,
    form: str,
) -> list[Row]:
    """The page of `rows` (sorted by `key`, which no two share) that begins behind the cursor `after`.

    A table (`form` "csv") comes whole: it is saved as a file, and half a file would look like all of it.
    """
    if form == "csv":
        return list(rows)
    behind = [row for row in rows if key(row) > after] if after else rows
    page = list(behind[:size])
    if len(behind) > size:
        further = request.GET.copy()
        further["after"] = key(page[-1])
        response["Link"] = f'<{settings.SITE_URL}{request.path}?{further.urlencode()}>; rel="next"'
    return page
