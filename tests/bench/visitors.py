"""People for measuring who are signed in as everybody is: by the code of a letter, through the site's own pages."""

import os
import re
from pathlib import Path

import httpx

_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CODE = re.compile(r"^(\d{6})$", re.MULTILINE)
OWN = 30
# Where officers have their list, below the site or a language of it.
LIST = "work/inbox"


def sign_in_citizen(port: int) -> str:
    """The cookies of a person who filed 30 complaints and follows them."""
    cookie, person_id = _sign_in(port, "citizen@bench.example")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaints_complaint SET person_id = %s WHERE matter_id IN (SELECT id FROM matters_matter"
            " WHERE visibility = 'public' ORDER BY id DESC LIMIT %s)"
            " AND NOT EXISTS (SELECT 1 FROM complaints_complaint WHERE person_id = %s)",
            [person_id, OWN, person_id],
        )
        cursor.execute(
            "INSERT INTO matters_follow (matter_id, person_id, contact_sealed, contact_digest, frequency, language,"
            " confirmed_at, created_at) SELECT matter_id, %s, '', '', 'weekly', 'th', now(), now()"
            " FROM complaints_complaint WHERE person_id = %s ON CONFLICT DO NOTHING",
            [person_id, person_id],
        )
    connection.close()
    return cookie


def sign_in_officer(port: int) -> str:
    """The cookies of an officer of the office with the most open complaints of its own place."""
    cookie, person_id = _sign_in(port, "officer@bench.example")
    from django.db import connection

    from sala.commons.agencies import actions as agencies
    from sala.commons.agencies import queries
    from sala.core import clock
    from sala.core.actors import SYSTEM, Role

    if not queries.grants_of(person_id):
        agencies.grant_role(
            actor=SYSTEM, now=clock.now(), person_id=person_id, agency="bma", role=Role.OFFICER
        )
    connection.close()
    return cookie


def _sign_in(port: int, address: str) -> tuple[str, int]:
    """Ask for a code, read it in the letter, give it; returns the cookies and who it is."""
    mail = Path(os.environ["SALA_HOME"]) / "mail"
    known = set(mail.glob("*.log"))
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=30) as client:
        page = client.get("/sign-in/").text
        _post(client, "/sign-in/e-mail/", page, email=address)
        (letter,) = set(mail.glob("*.log")) - known
        code = _CODE.search(letter.read_text("utf-8"))
        if code is None:
            raise LookupError(f"no code in {letter}")
        _post(client, "/sign-in/code/", client.get("/sign-in/code/").text, code=code[1])
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        if client.get("/me/").url.path != "/me/":
            raise LookupError("the code did not sign in")
    from sala.commons.identity import queries as people

    (person_id,) = people.list_person_ids_of_contact(address)
    return cookie, person_id


def _post(client: httpx.Client, path: str, page: str, **values: str) -> None:
    field = _FIELD.search(page)
    if field is None:
        raise LookupError(f"no form for {path}")
    answer = client.post(
        path, data={"csrfmiddlewaretoken": field[1], **values}, headers={"Referer": str(client.base_url)}
    )
    answer.raise_for_status()
