"""One conversation at a time: rows of two, read as one, would give one person's answers to another's questions."""

from collections.abc import Sequence

from sala.engines.opinions.votes import BadVotesError

CONVERSATION_NAMES = (
    "conversation-id",
    "conversation_id",
    "conversation",
    "conversationid",
    "zid",
    "zinvite",
)


class OneConversation:
    """Lets through the rows of one conversation; a second one in the same file is refused unless one was asked
    for by its id.
    """

    def __init__(self, asked: str | None, position: int | None) -> None:
        self._asked = asked
        self._position = position
        self._met: dict[str, None] = {}
        if asked is not None and position is None:
            raise BadVotesError(
                f"there is no column of conversations ({', '.join(CONVERSATION_NAMES[:3])}) to look for {asked!r} in"
            )

    def takes(self, row: Sequence[str], line: int) -> bool:
        """Whether a row belongs. Raises BadVotesError (with the line) at a second conversation."""
        if self._position is None or self._position >= len(row):
            return True
        name = row[self._position].strip()
        self._met[name] = None
        if self._asked is not None:
            return name == self._asked.strip()
        if len(self._met) > 1:
            both = " and ".join(repr(one) for one in self._met)
            raise BadVotesError(
                f"there is more than one conversation in this file: {both}; ask for one of them", line
            )
        return True

    def check_found(self) -> None:
        """Refuse where the conversation asked for was not there."""
        if self._asked is not None and self._asked.strip() not in self._met:
            there = ", ".join(repr(one) for one in list(self._met)[:5]) or "none"
            raise BadVotesError(f"there is no conversation {self._asked!r} in this file; there are {there}")
