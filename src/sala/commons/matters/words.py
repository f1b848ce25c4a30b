"""What the spine's codes are called on a page, in the reader's language."""

from django.utils.translation import gettext_lazy

REFUSALS = {
    "not_an_address": gettext_lazy("An e-mail address looks like name@example.com."),
    "link_gone": gettext_lazy("This link is no longer good. Follow the matter again from its page."),
}
