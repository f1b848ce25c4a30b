"""What the spine's codes are called on a page, in the reader's language."""

from django.utils.translation import gettext_lazy

from sala.commons.identity.slots import OwnThing
from sala.commons.matters import queries, slots

REFUSALS = {
    # What every kind of matter may refuse with.
    "text_missing": gettext_lazy("Write a few words."),
    "not_text": gettext_lazy("There is a character in it that is no text. Type it anew."),
    "day_not_come": gettext_lazy("That day has not come yet. Check the date."),
    "received_too_long_ago": gettext_lazy(
        "That day lies too far back to be recorded now. Check the day, above all month and year."
    ),
    "received_only_on_paper": gettext_lazy("A call is received while you write it down. Leave this empty."),
    "text_too_long": gettext_lazy("That is longer than can be kept here. Please shorten it."),
    "changed_meanwhile": gettext_lazy(
        "Someone else has changed this meanwhile. Look at it again before you go on."
    ),
    "matter_not_found": gettext_lazy("We found nothing under this number. Check each character."),
    "not_your_agency": gettext_lazy("It lies with another office now; only that office can do this."),
    "move_not_allowed": gettext_lazy("That is not possible at this stage. Look at where it stands now."),
    "date_stands": gettext_lazy("The date stands as it is."),
    "not_yet": gettext_lazy("It is not time for that yet."),
    "not_an_address": gettext_lazy("An e-mail address looks like name@example.com."),
    "link_gone": gettext_lazy("This link is no longer good. Follow the matter again from its page."),
}


def list_followed(person_id: int) -> list[OwnThing]:
    """The matters of others that a person follows, and how they stand: what they opened themselves stands elsewhere."""
    followed = queries.list_followed(person_id)
    opened: set[int] = set()
    for code in sorted({m.kind for m in followed} & slots.kinds.keys()):
        asked = [m.pk for m in followed if m.kind == code]
        opened |= slots.kinds[code].opened_by(person_id, asked)
    return [
        OwnThing(m.title, kind.page(m.reference), m.reference, *kind.stage(m.stage))
        for m in followed
        if (kind := slots.kinds.get(m.kind)) and m.pk not in opened
    ]
