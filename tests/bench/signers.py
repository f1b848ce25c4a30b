"""A collection and people who may sign it, for measuring and for chaos, as if they had signed in."""

import os
import secrets
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg
from load import FORM

TOKEN = "b" * 32
PURPOSE = "petition"


def gather(name: str) -> tuple[int, str]:
    """A new matter with an open collection of accounts: its key and its reference."""
    from django.db import connection

    from sala.commons.ledger import actions as ledger
    from sala.commons.participation import actions
    from sala.core import clock
    from sala.core.actors import ANONYMOUS
    from sala.services.complaints.actions import Filing, file_complaint
    from sala.services.complaints.queries import get_complaint

    connection.close()  # `sala serve` may have stopped the database since
    filed = file_complaint(
        actor=ANONYMOUS,
        now=clock.now(),
        filing=Filing(text=f"ขอให้มีทางข้าม {name}", topic="street_light", area="400101"),
    )
    opened = ledger.action_without_entry("the bench gathers for no service")(actions.open_collection)(
        matter=get_complaint(filed.reference).pk, purpose=PURPOSE, tells_apart="person"
    )
    return opened.pk, filed.reference


def make_sessions(count: int, *, first: int) -> list[str]:
    """So many sessions of as many people, written at once; their keys."""
    from sala.platform.sessions import SessionStore

    store, made = SessionStore(), []
    for number in range(first, first + count):
        values = {
            "person_id": number,
            "assurance_level": 2,
            "authenticated_at": int(time.time()),
            "way": "thaid",
        }
        made.append((secrets.token_hex(16), store.encode(values)))
    into = "COPY django_session (session_key, session_data, expire_date) FROM STDIN"
    with (
        psycopg.connect(os.environ["DATABASE_URL"]) as connection,
        connection.cursor() as cursor,
        cursor.copy(into) as copy,
    ):
        for key, data in made:
            copy.write_row((key, data, "2099-01-01 00:00+00"))
    return [key for key, _ in made]


def posts(reference: str, sessions: list[str]) -> Iterator[bytes]:
    """A signature of each of these people, as a browser posts the form."""
    body = urlencode({"csrfmiddlewaretoken": TOKEN})
    for session in sessions:
        yield (
            f"POST /sign/{reference}/{PURPOSE}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: csrftoken={TOKEN}; sala_session={session}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
