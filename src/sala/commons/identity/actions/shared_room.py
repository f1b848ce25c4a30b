"""What all processes together know of a rate limit's key: one row, told only when a key is well used."""

from django.db import connection

_ADD = (
    "INSERT INTO identity_ratebucket AS b (key, full_at) VALUES (%(key)s, %(now)s + %(taken)s)"
    " ON CONFLICT (key) DO UPDATE SET full_at = GREATEST(b.full_at, %(now)s) + %(taken)s RETURNING full_at"
)


def share_room(key: str, taken: float, now: float) -> float:
    """Add `taken` seconds to what a key (a digest) has used; when its room is whole again, in seconds of `now`.

    One statement, outside any action: a limit is asked at the door, before there is anything to record, and what it
    counts must stay counted although the act is refused.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"key": key, "now": now, "taken": taken})
        return float(cursor.fetchone()[0])
