"""What participation tells the site of itself."""

from django.utils.translation import gettext_lazy

from sala.commons.participation import actions, events, queries, words
from sala.commons.participation.places import places
from sala.commons.participation.tables import HOURS, OPINIONS
from sala.platform.registration import Box, Held

BOX = Box(
    package="sala.commons.participation",
    kinds=(),
    addresses=(
        ("sign/", "sala.commons.participation.urls.signatures"),
        ("opinions/", "sala.commons.participation.urls.opinions"),
    ),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals=words.REFUSALS,
    event_words={
        **words.EVENTS,
        events.ConversationOpened.kind: gettext_lazy("People are asked what they think of statements"),
        events.ConversationClosed.kind: gettext_lazy("A conversation is over"),
        events.StatementTold.kind: gettext_lazy("A statement was added to a conversation"),
        events.StatementDecided.kind: gettext_lazy("A statement of a conversation was looked at"),
        events.MapDrawn.kind: gettext_lazy("An opinion map was drawn anew"),
    },
    purposes=(),
    consents={},
    held=(
        Held(
            code="statements",
            name=gettext_lazy("Statements you added to conversations"),
            list_own=None,
            export=queries.export_told,
            erase=actions.erase_statements,
        ),
    ),
    held_names={"statement": gettext_lazy("Statement"), "told_on": gettext_lazy("Day you added it")},
    held_codes={},
    work_places=places,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(HOURS, OPINIONS),
    imports=(),
    metrics=None,
    preparations=(),
    demonstration="sala.commons.participation.demonstration",
    help_template="",
)
