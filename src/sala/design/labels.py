"""Labels of pages where work waits, with how much."""

from django.utils.translation import gettext as _

from sala.platform.counts import MANY


def counted(label: str, waiting: int) -> str:
    """A label with how many wait behind it: nothing for none, "more than 1,000" where nobody counts further."""
    if waiting > MANY:
        return _("%(label)s (more than %(many)s)") % {"label": label, "many": f"{MANY:,}"}
    return f"{label} ({waiting})" if waiting else label
