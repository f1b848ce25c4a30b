"""What was told: whether it is text, how to reach the person."""

import re

from sala.core.phones import is_phone

_ADDRESS = re.compile(
    r"[^@\s\x00-\x1f,;<>\"]{1,64}@(?:[^@\s.,;<>\"/\x00-\x1f]{1,63}\.)+[^@\s.,;<>\"/\x00-\x1f]{2,63}"
)


def problems_of_contact(phone: str, email: str) -> dict[str, str]:
    """What is wrong with a way to reach a person, by field; each may be empty."""
    problems = {}
    if phone and not is_phone(phone):
        problems["phone"] = "not_a_phone"
    if email and not (len(email) <= 254 and _ADDRESS.fullmatch(email)):
        problems["email"] = "not_an_email"
    return problems
