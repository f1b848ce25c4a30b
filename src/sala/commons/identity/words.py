"""What identity's codes are called on a page, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sala.core.actors import Role

ROLES = {
    Role.CITIZEN: gettext_lazy("Citizen"),
    Role.OFFICER: gettext_lazy("Officer"),
    Role.SUPERVISOR: gettext_lazy("Supervisor"),
    Role.OPERATOR: gettext_lazy("Call-centre operator"),
    Role.MODERATOR: gettext_lazy("Moderator"),
    Role.EXECUTIVE: gettext_lazy("Executive"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.SYSTEM: gettext_lazy("The system"),
}


def role_name(role: str) -> str:
    """A role in words; a role we do not know keeps its code."""
    try:
        return str(ROLES[Role(role)])
    except ValueError:
        return role or _("Unknown")
