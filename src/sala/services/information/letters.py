"""The letter to whoever wrote a first letter: whether it was them, and the way on. Not a word of theirs is in it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from sala.platform.letters import Letter, parted


def ask_writer(*, to: str, address: str, language: str, key: str) -> Letter:
    """Ask an address whether its owner wrote to us; `address` opens what was written, for a week."""
    with override(language):
        text = render_to_string("information/letters/begin.txt", {"link": f"{settings.SITE_URL}{address}"})
    subject, body = parted(text)
    return Letter(key=key, to=to, subject=subject, body=body, asks=True)
