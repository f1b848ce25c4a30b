"""The one letter identity sends itself: the login code. It goes before all others, for somebody waits for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from sala.commons.identity import slots
from sala.commons.identity.rules import CodeSent
from sala.platform.letters import Letter


def send_code(sent: CodeSent, *, now: datetime) -> None:
    """Post the code in the reader's language: within a second the worker sends it, and no page waits for a server.

    The subject carries the code, so that it is read in the list of letters and in the notification.
    """
    letter = Letter(
        key=f"code:{sent.code_id}",
        to=sent.email,
        subject=_("%(code)s is your code for Sala") % {"code": sent.code},
        body=_(
            "Your code for signing in to Sala is\n\n%(code)s\n\n"
            "It is good for 10 minutes and for one use. Nobody from Sala will ever ask you for it.\n"
            "If you did not ask for this code, you need do nothing.\n"
        )
        % {"code": sent.code},
        is_urgent=True,
    )
    slots.post([letter], now=now)
