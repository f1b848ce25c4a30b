"""What correspondence tells the site of itself."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sala.commons.correspondence import outbox
from sala.platform.registration import Box


def _count_letters(now: datetime) -> Iterator[tuple[str, str, str, Mapping[str, int]]]:
    backlog = outbox.look_at_backlog()
    counts = {"waiting": backlog.waiting, "given_up": backlog.given_up}
    yield "sala_letters", "Letters that have not left", "state", counts
    waited = int((now - backlog.oldest_due).total_seconds()) if backlog.oldest_due else 0
    yield "sala_letters_oldest_seconds", "How long the oldest letter waits", "state", {"waiting": waited}


BOX = Box(
    package="sala.commons.correspondence",
    kinds=(),
    addresses=(),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=None,
    refusals={},
    event_words={},
    purposes=(),
    consents={},
    held=(),
    held_names={},
    held_codes={},
    work_places=None,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(),
    imports=(),
    metrics=_count_letters,
    preparations=(),
    demonstration="",
    help_template="",
)
