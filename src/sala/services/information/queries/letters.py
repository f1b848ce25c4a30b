"""Files that came with letters about a request: cleaned when they came, never public."""

from collections import defaultdict
from collections.abc import Sequence

from sala.commons.correspondence.queries import Message
from sala.commons.files import queries as files
from sala.commons.files.queries import File
from sala.core.errors import NotFound
from sala.services.information.models import Request

# Letters from nobody known, and notes: the office alone reads them, and what came with them.
OFFICES = frozenset({"letter", "note"})


def with_files(request: Request, messages: Sequence[Message]) -> tuple[Message, ...]:
    """The messages, each with the files that came with it. One query."""
    found: dict[int, list[File]] = defaultdict(list)
    for file in files.list_of_matter(request.pk):
        if file.message_id is not None:
            found[file.message_id].append(file)
    for message in messages:
        message.files = tuple(found[message.pk])
    return tuple(messages)


def get_file(request: Request, stored_as: str) -> tuple[File, bool]:
    """A file of a letter, and whether the letter is one that its person reads too. Raises NotFound for any other."""
    file = files.find_file(request.pk, stored_as)
    message = request.matter.messages.filter(pk=file.message_id).first() if file and file.message_id else None
    if file is None or message is None:
        raise NotFound("file_gone")
    return file, message.kind not in OFFICES
