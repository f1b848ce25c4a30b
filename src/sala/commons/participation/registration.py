"""What participation tells the site of itself."""

from django.utils.translation import gettext_lazy

from sala.commons.participation import actions, events, queries
from sala.platform.registration import Box, Held

BOX = Box(
    package="sala.commons.participation",
    kinds=(),
    addresses=(),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals={
        "already_joined": gettext_lazy("You are counted already. You need do nothing more."),
        "not_joined": gettext_lazy("You are not among them, so there is nothing to take back."),
        "not_open": gettext_lazy("Nobody can sign at the moment: it has not opened yet, or it is over."),
        "not_open_for_opinions": gettext_lazy(
            "Nobody can answer this at the moment: it has not opened yet, it is over, or it was taken out."
        ),
        "conversation_there_already": gettext_lazy("This matter has a conversation already."),
        "conversation_needs_public_matter": gettext_lazy(
            "Only a matter that everyone can read has a conversation."
        ),
        "said_already": gettext_lazy("Somebody said this in the same words. Answer theirs instead."),
        "no_statements_taken": gettext_lazy(
            "This conversation takes no statements from those who take part."
        ),
        "enough_told": gettext_lazy(
            "Several statements of yours wait for a look. Please wait until they are looked at."
        ),
        "decided_like_that": gettext_lazy("This statement was decided like that already."),
        "statement_missing": gettext_lazy("Write what others can agree or disagree with"),
        "statement_too_long": gettext_lazy("Keep each statement within 140 characters"),
        "closes_in_the_past": gettext_lazy("Choose a day that is still to come"),
        "too_few_people": gettext_lazy("Answers are handed out once five people have answered."),
    },
    event_words={
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
    work_places=None,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(),
    imports=(),
    metrics=None,
    preparations=(),
    demonstration="",
    help_template="",
)
