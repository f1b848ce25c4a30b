"""The one letter identity sends itself: the login code. It goes out at once, for somebody waits for it."""

from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from sala.commons.identity.actions.entrance import CodeSent
from sala.core.errors import Conflict


def send_code(sent: CodeSent) -> None:
    """Send the code in the reader's language. Raises Conflict if the mail server does not take it.

    The subject carries the code, so that it is read in the list of letters and in the notification.
    """
    letter = EmailMessage(
        subject=_("%(code)s is your code for Sala") % {"code": sent.code},
        body=_(
            "Your code for signing in to Sala is\n\n%(code)s\n\n"
            "It is good for 10 minutes and for one use. Nobody from Sala will ever ask you for it.\n"
            "If you did not ask for this code, you need do nothing.\n"
        )
        % {"code": sent.code},
        to=[sent.email],
    )
    try:
        letter.send()
    except (SMTPException, OSError) as error:
        raise Conflict("letter_not_sent") from error
