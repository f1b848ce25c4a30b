"""What facts are called that no service tells in words of its own: those of agencies and of identity."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "agencies.areas_imported": _("The table of areas was brought up to date"),
    "agencies.agencies_imported": _("The list of agencies was brought up to date"),
    "agencies.mandates_imported": _("The list of who answers for what was brought up to date"),
    "agencies.holidays_imported": _("The holiday calendar was brought up to date"),
    "agencies.role_granted": _("Someone was given a role at an agency"),
    "agencies.role_ended": _("Someone gave up a role at an agency"),
    "access.recorded": _("Staff looked at someone's personal data"),
    "access.questioned": _("Someone asked why staff had looked at their data"),
    "access.explained": _("An agency explained why its staff had looked at personal data"),
    "consent.given": _("Someone agreed to a use of their data"),
    "consent.withdrawn": _("Someone withdrew their consent"),
    "person.erased": _("Someone had their data erased"),
}
