"""What the worker does for those who follow: everybody hears what happened, letters that are due go out."""

from datetime import datetime

from sala.commons.ledger import sequencer, subscriptions
from sala.commons.matters import actions as matter_actions
from sala.commons.matters import queries as matters
from sala.commons.matters.queries.search import forget_frequencies


def settle() -> None:
    """Let the sequencer and every listener catch up."""
    sequencer.sequence_now()
    subscriptions.catch_up()
    forget_frequencies()


def send_due(now: datetime) -> int:
    return sum(
        matter_actions.post_letters(due=[each], now=now) for each in list(matters.list_due_letters(now))
    )
