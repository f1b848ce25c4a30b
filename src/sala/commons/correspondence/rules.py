"""Decisions about letters: when one that failed is tried again, when it is given up, how many may ask a mailbox."""

from datetime import timedelta

# Letters to an address that nobody confirmed: in a day, whoever caused them. A stranger's mailbox stays usable.
MOST_ASKING = 3
ASKING_WITHIN = timedelta(days=1)
# As long as a claimed letter is left to its sender: longer than any sender needs for one, so none is sent by two.
LEASE = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
# Some two and a half days in all; mail servers themselves give up after four or five (RFC 5321, 4.5.4.1).
MOST_TRIES = 18


def pause_after(tries: int) -> timedelta:
    """How long a letter rests after its `tries`th failure: each time twice as long, up to six hours."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(tries, 1) - 1, 20)
    return min(doubled, LONGEST_PAUSE)


def is_given_up(tries: int, *, is_final: bool) -> bool:
    """Whether nobody tries any more: the other side said never (`is_final`), or it was tried often enough."""
    return is_final or tries >= MOST_TRIES
