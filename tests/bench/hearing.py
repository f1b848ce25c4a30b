"""What a hearing with 100,000 comments on 200 sections costs: `python tests/bench/hearing.py` prints a table.

The whole site answers through Django's test client on an embedded database of its own: middleware, session, template
and all, without the network, each page made anew. Comments are written past the actions, as rows.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta

SECTIONS, ROUNDS, AT_ONCE = 200, 20, 10_000


def times_of(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the middle and of the slowest in twenty."""
    found = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--comments", type=int, default=100_000)
    comments = options.parse_args().comments
    os.environ.setdefault("SALA_HOME", tempfile.mkdtemp(prefix="sala-bench-"))
    from sala.platform import database, keys

    for name, value in keys.new_keys().items():
        os.environ.setdefault(name, value)
    database.ensure_database()
    os.environ["DJANGO_SETTINGS_MODULE"] = "sala.site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from sala.commons.agencies import actions as agencies
    from sala.commons.participation.models import Comment
    from sala.core import clock
    from sala.core.actors import ANONYMOUS, SYSTEM
    from sala.core.clock import day_of
    from sala.engines import thai
    from sala.services.lawmaking import actions, seeds
    from sala.services.lawmaking.queries import hearings
    from sala.services.lawmaking.rules.hearings import About, Rung

    call_command("migrate", verbosity=0)
    seeds.seed_hearing_periods()
    now = clock.now()
    office = {"code": "bench", "kind": "ministry", "name_th": "หน่วยงานวัด", "name_en": "Bench"}
    agencies.import_agencies(actor=SYSTEM, now=now, rows=[(2, office)])
    text = "ร่างพระราชบัญญัติการวัด (สมมติ) พ.ศ. 2569\n\n" + "\n\n".join(
        f"มาตรา {n}  ผู้ให้เช่าต้องคืนเงินประกันภายใน {n} วัน นับแต่วันที่ผู้เช่าส่งมอบห้องคืน" for n in range(1, SECTIONS + 1)
    )
    opening = actions.Opening(
        title="การวัด", about=About.DRAFT, rung=Rung.ANSWERED, agency="bench", summary="วัด", why="วัด",
        open_points="วัด", closes_on=day_of(now) + timedelta(days=30), text=text,
    )  # fmt: skip
    reference = actions.open_hearing(actor=SYSTEM, now=now, opening=opening)
    hearing = hearings.get_hearing(reference)
    eids = [one.eid for one in hearings.list_provisions(hearings.list_texts(hearing)[0]) if one.words]
    said = thai.cover("เห็นว่าเจ็ดวันสั้นไปสำหรับคนที่มีห้องเดียว และอยู่คนละจังหวัดกับห้องที่ให้เช่า")
    begun = time.perf_counter()
    for start in range(0, comments, AT_ONCE):
        Comment.objects.bulk_create(
            Comment(
                matter_id=hearing.pk, version=1, provision=eids[n % len(eids)], original=said, public_text=said,
                salt=b"", channel="phone" if n % 20 == 0 else "web", written_at=now,
            )
            for n in range(start, min(start + AT_ONCE, comments))
        )  # fmt: skip
    rows = [(f"{comments:,} comments written as rows", f"{time.perf_counter() - begun:.1f} s")]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE participation_comment")
    client = Client(headers={"host": "localhost"})
    client.cookies["sala_session"] = "nobody"  # goes past the kept pages, and finds nobody signed in
    for name, path in (
        ("page of the hearing, 200 sections", ""),
        ("thread of one section", "/section-7"),
        ("all comments", "/comments"),
        ("all comments, far behind", f"/comments?before={comments // 2}"),
    ):
        address = f"/hearings/{reference}{path}"
        assert client.get(address).status_code == 200
        middle, slow = times_of(lambda address=address: client.get(address))
        rows.append((name, f"{middle:.1f} ms, one in twenty over {slow:.1f} ms"))
    middle, slow = times_of(lambda: client.get("/data/comments/"))
    rows.append(("table of all comments", f"{middle:.1f} ms, one in twenty over {slow:.1f} ms"))
    speaking = actions.Speaking(text="เห็นด้วย", version=1, provision=eids[0])
    middle, slow = times_of(
        lambda: actions.speak_in_hearing(actor=ANONYMOUS, now=now, reference=reference, speaking=speaking)
    )
    rows.append(("one comment by the action", f"{middle:.1f} ms, one in twenty over {slow:.1f} ms"))
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
