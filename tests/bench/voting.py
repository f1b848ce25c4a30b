"""What a conversation with 10,000 voters costs: `python tests/bench/voting.py` prints a small table.

The whole site answers through Django's test client on an embedded database of its own: middleware, session, template
and all, without the network. Half the statements were answered by each voter, twice by some.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

VOTERS, STATEMENTS, ROUNDS = 10_000, 40, 60


def times_of(act: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Milliseconds of the middle and of the slowest in twenty."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]


def main() -> None:
    """Measure, and print."""
    os.environ.setdefault("SALA_HOME", tempfile.mkdtemp(prefix="sala-bench-"))
    from sala.platform import database, keys

    for name, value in keys.new_keys().items():
        os.environ.setdefault(name, value)
    database.ensure_database()
    os.environ["DJANGO_SETTINGS_MODULE"] = "sala.site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from sala.commons.ledger import actions as ledger
    from sala.commons.matters import actions as matters
    from sala.commons.participation import actions, queries
    from sala.commons.participation.rules.statements import Opinion
    from sala.core import clock
    from sala.core.actors import ANONYMOUS, SYSTEM
    from sala.engines import thai

    call_command("migrate", verbosity=0)
    now = clock.now()
    opened = ledger.action_without_entry("a bench opens a matter of no service")(matters.open_matter)(
        matters.NewMatter(
            kind="legal_question",
            title=thai.cover("ไฟทาง"),
            visibility=matters.Visibility.PUBLIC,
            agency="bench",
            stage="received",
            opened_at=now,
        )
    )
    seeds = tuple(f"ข้อความที่ {number} ของการวัด" for number in range(1, STATEMENTS + 1))
    opening = actions.Opening(question="การวัด", seeds=seeds)
    actions.open_conversation(actor=SYSTEM, now=now, reference=opened.reference, opening=opening)
    where = queries.get_conversation(opened.reference)
    dice, said = random.Random(1), []
    for person in range(VOTERS):
        mark, camp = queries.mark_for(opened.reference, None, str(person)), person % 3
        for number in dice.sample(range(1, STATEMENTS + 1), STATEMENTS // 2):
            lean = 0.85 if (number + camp) % 3 else 0.2
            said.append((mark, number, Opinion.AGREE if dice.random() < lean else Opinion.DISAGREE))
    begun = time.perf_counter()
    actions.say_opinions(actor=SYSTEM, conversation=where, said=said)
    rows: list[tuple[str, str]] = [
        (f"{len(said):,} opinions brought in together", f"{time.perf_counter() - begun:.1f} s")
    ]
    begun = time.perf_counter()
    actions.draw_conversation(actor=SYSTEM, now=now, reference=opened.reference)
    rows.append(("map drawn", f"{time.perf_counter() - begun:.1f} s"))
    begun = time.perf_counter()
    actions.draw_conversation(actor=SYSTEM, now=now, reference=opened.reference)
    rows.append(("looked at again, nothing new", f"{time.perf_counter() - begun:.1f} s"))
    client: Any = Client(headers={"host": "localhost"})
    address = f"/opinions/{opened.reference}"
    assert client.get(address).status_code == 200
    shown = times_of(lambda: client.get(address))

    mark = queries.mark_for(opened.reference, None, "one more")
    vote = times_of(
        lambda: actions.say_opinion(
            actor=ANONYMOUS, conversation=where, mark=mark, number=1, opinion=Opinion.AGREE
        ),
        1000,
    )
    mapped = times_of(lambda: client.get(f"{address}/map"))
    for name, (middle, slow) in (("voting page", shown), ("one opinion written", vote), ("map page", mapped)):
        rows.append((name, f"{middle:.1f} ms, one in twenty over {slow:.1f} ms"))
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
