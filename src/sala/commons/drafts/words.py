"""What codes of drafts are called on a page, in the reader's language."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "sent_already": _("This was sent already. It is filed once."),
    "draft_gone": _("This draft is no longer here: it was sent, discarded, or older than a week."),
    "only_who_filed": _("Only the person who filed it can do this."),
    "for_the_person_alone": _(
        "This is for the person alone. Staff act in their own name, on the page of their work."
    ),
    "link_needed": _(
        "Four digits are not enough for this, because there is no way back. Please open it by your own link."
    ),
    "code_not_good": _("This number and this code do not belong together, or the code was used already."),
}
