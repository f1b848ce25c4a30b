"""Laws in words: their kinds, and what a comparison says of a provision."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "constitution": _("Constitution"),
    "organic-act": _("Organic act"),
    "act": _("Act"),
    "code": _("Code of law"),
    "emergency-decree": _("Emergency decree"),
    "royal-decree": _("Royal decree"),
    "ministerial-regulation": _("Ministerial regulation"),
    "rule": _("Rule"),
    "regulation": _("Regulation"),
    "local-ordinance": _("Local ordinance"),
    "requirement": _("Requirement"),
    "notice": _("Notice"),
    "order": _("Order"),
    "resolution": _("Resolution"),
    "instrument": _("Other law"),
}
# What became of a provision, and its colour.
CHANGES = {
    "added": (_("Added"), "ok"),
    "removed": (_("Taken out"), "late"),
    "moved": (_("Moved"), "still"),
    "renumbered": (_("New number"), "still"),
    "changed": (_("Words changed"), ""),
}
REFUSALS = {
    "law_not_found": _("There is no law under this address."),
    "no_version_that_day": _("The library has no text of this law for that day."),
    "no_such_provision": _("This version of the law has no such section."),
}
