"""Many complaints at once, for measuring, each with all that a real filing leaves; a broken-off load goes on.

`python tests/bench/bulk.py --rows 1000000 --home var/million` loads and keeps the database; `sala serve` with this
SALA_HOME shows it.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import bulk_state
from bulk_words import CLOSINGS, FIRST, LOCAL, OPENINGS, SECOND, SHARES, SPOTS

STEPS = Path(__file__).with_name("bulk.sql")
YEARS = timedelta(days=3 * 365)
FIRST_NUMBER = 5_000_000  # far beyond the numbers that filings are given during a run
TABLES = (
    "matters_matter", "matters_searchtext", "matters_follow", "matters_notice", "complaints_complaint",
    "correspondence_message", "complaints_handover", "complaints_share", "deadlines_pause", "complaints_support",
    "files_file", "identity_accessrecord", "ledger_entry",
)  # fmt: skip
# Indexes that no constraint needs: made after the rows, in a fraction of the time.
ASIDE = """
CREATE TABLE bench_index AS SELECT indexname AS name, indexdef AS definition FROM pg_indexes
WHERE tablename = ANY (%s)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = format('%%I', indexname)::regclass)
    AND indexname NOT LIKE '%%unique%%' AND indexdef NOT LIKE 'CREATE UNIQUE%%'
"""
# Each text with each beginning and end; the words of the whole are those of its parts, one after another.
_TOLD = """
CREATE UNLOGGED TABLE bench_told AS SELECT topic, text.number * edges + edge.number AS number,
    opening || original AS original, opening || public_text AS public_text, closing,
    edge.a || text.a || edge.b || text.b || closing_b AS words, edge.grams || text.grams || closing_grams AS grams
FROM bench_text text, bench_edge edge, (SELECT count(*)::int AS edges FROM bench_edge) counted;
ALTER TABLE bench_told ADD PRIMARY KEY (topic, number)
"""


class Load:
    """One load of `count` complaints into the database of this process; `run` goes on where the last one ended."""

    def __init__(self, count: int, tell: Callable[[str], object] = lambda _: None) -> None:
        from django.db import connection

        from sala.core import clock

        connection.ensure_connection()
        self.count, self._tell, self._connection = count, tell, connection.connection
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS bench_step (name text PRIMARY KEY, at timestamptz)"
        )
        self._connection.execute("CREATE TABLE IF NOT EXISTS bench_now (at timestamptz)")
        known = self._connection.execute("SELECT at FROM bench_now").fetchone()
        self._now: datetime = known[0] if known else clock.now()
        if not known:
            self._connection.execute("INSERT INTO bench_now VALUES (%s)", [self._now])

    def run(self) -> None:
        """Load whatever is not there yet."""
        self._make_new_columns()
        bulk_state.settle(self._now)
        for setting in (
            "maintenance_work_mem = '1GB'",
            "work_mem = '256MB'",
            "session_replication_role = replica",
        ):
            self._connection.execute(f"SET {setting}")
        self._step("numbers", self._number)
        self._step("pieces", self._pieces)
        self._step("aside", self._lay_aside)
        for name, statements in _steps():
            self._step(name, lambda statements=statements: self._execute(statements))
        for name, definition in self._connection.execute(
            "SELECT name, definition FROM bench_index"
        ).fetchall():
            self._step(f"index {name}", lambda definition=definition: self._execute(definition))
        self._connection.execute("SET session_replication_role = origin")
        self._make_new_indexes()
        self._sequence()
        self._settle_down()

    def _step(self, name: str, work: Callable[[], object]) -> None:
        """One step, in one transaction with the note that it is done."""
        if self._connection.execute("SELECT 1 FROM bench_step WHERE name = %s", [name]).fetchone():
            return
        begun = time.monotonic()
        with self._connection.transaction():
            work()
            self._connection.execute("INSERT INTO bench_step VALUES (%s, now())", [name])
        self._tell(f"{name}: {time.monotonic() - begun:.0f} s")

    def _execute(self, statements: str) -> None:
        for name, value in self._values().items():
            statements = statements.replace(f"@{name}@", str(value))
        self._connection.execute(statements)

    def _values(self) -> dict[str, object]:
        from sala.commons.matters.actions.index import VERSION
        from sala.commons.matters.rules import PART
        from sala.platform import seals

        counts = "SELECT (SELECT count(*) FROM bench_topic), (SELECT count(*) FROM bench_area),"
        counts += " (SELECT count(*) FROM bench_spot), (SELECT count(*) FROM bench_answer),"
        counts += " (SELECT first FROM bench_people), (SELECT count FROM bench_people)"
        names = ("topics", "areas", "spots", "answers", "person", "people")
        found = dict(zip(names, self._connection.execute(counts).fetchone(), strict=True))
        sealed = seals.seal('["สมศรี บุญมา", "0810001234", "somsri@example.com"]')
        return {**found, "part": PART, "now": self._now.isoformat(), "sealed": sealed, "version": VERSION}

    def _number(self) -> None:
        """References, hidden names and times, the oldest three years ago; and people, as many as a fifth of them."""
        from sala.core import references
        from sala.core.clock import BANGKOK
        from sala.platform import seals

        c = self._connection
        c.execute(
            "CREATE UNLOGGED TABLE bench_number"
            " (n bigint, id bigint, reference text, hidden text, opened_at timestamptz)"
        )
        (last,) = c.execute("SELECT coalesce(max(id), 0) FROM matters_matter").fetchone()
        with c.cursor() as cursor, cursor.copy("COPY bench_number FROM STDIN") as copy:
            for n in range(self.count):
                opened_at = self._now - YEARS * (1 - n / self.count) - timedelta(seconds=30)
                reference = references.make_reference(
                    "C", opened_at.astimezone(BANGKOK).year + 543, FIRST_NUMBER + n
                )
                hidden = "~" + seals.digest("ledger-matter", reference)[:24]
                copy.write_row((n, last + 1 + n, reference, hidden, opened_at))
        c.execute(
            "WITH made AS (INSERT INTO identity_person"
            " (display_name, language, assurance_level, email_sealed, email_digest, phone_sealed, phone_digest, told,"
            " created_at) SELECT '', 'th', 0, '', '', '', '', 'daily', %s"
            " FROM generate_series(1, %s) RETURNING id)"
            " SELECT min(id) AS first, count(*) AS count INTO bench_people FROM made",
            [self._now - YEARS, max(40, self.count // 5)],
        )

    def _pieces(self) -> None:
        """Texts, spots, areas, offices and kinds with their search words, of which `bulk.sql` puts filings together."""
        for name, columns, rows in (
            (
                "text",
                "topic text, number int, original text, public_text text, a text, b text, grams text",
                _texts_told(),
            ),
            (
                "edge",
                "number int, opening text, closing text, a text, b text, grams text, closing_b text,"
                " closing_grams text",
                _edges(),
            ),
            ("spot", "number int, words text, words_b text, words_c text, grams text", _spots()),
            (
                "area",
                "slot int, code text, latitude float8, longitude float8, office text, words text",
                _areas(),
            ),
            ("office", "code text, words text", _offices()),
            ("topic", "slot int, topic text, texts int, office text, is_local bool", _topic_slots()),
            ("topic_words", "topic text, words text", _topic_words()),
            ("answer", "number int, text text", _answers()),
        ):
            found = list(rows)  # they are read over the same connection
            self._connection.execute(f"CREATE UNLOGGED TABLE bench_{name} ({columns})")
            with self._connection.cursor() as cursor, cursor.copy(f"COPY bench_{name} FROM STDIN") as copy:
                for row in found:
                    copy.write_row(row)
        for name, column in (
            ("text", "a"), ("text", "b"), ("text", "grams"), ("edge", "a"), ("edge", "b"), ("edge", "grams"),
            ("edge", "closing_b"), ("edge", "closing_grams"),
            ("spot", "words_b"), ("spot", "words_c"), ("spot", "grams"),
            ("area", "words"), ("office", "words"), ("topic_words", "words"),
        ):  # fmt: skip
            self._connection.execute(
                f"ALTER TABLE bench_{name} ALTER COLUMN {column} TYPE tsvector USING {column}::tsvector"
            )
        self._connection.execute(_TOLD)
        for name in ("told", "spot", "area", "office", "topic", "topic_words", "answer"):
            self._connection.execute(f"ANALYZE bench_{name}")

    def _lay_aside(self) -> None:
        self._connection.execute(ASIDE, [list(TABLES)])
        for (name,) in self._connection.execute("SELECT name FROM bench_index").fetchall():
            self._connection.execute(f'DROP INDEX "{name}"')

    def _make_new_columns(self) -> None:
        """A kept database gets the tables and columns that came since it was loaded, columns with their defaults."""
        from django.apps import apps
        from django.db import connection

        asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        for model in apps.get_models():
            table = model._meta.db_table
            known = {name for (name,) in self._connection.execute(asked, [table]).fetchall()}
            missing = [field for field in model._meta.local_concrete_fields if field.column not in known]
            if not missing or not model._meta.managed:
                continue
            with connection.schema_editor() as editor:
                if not known:
                    editor.create_model(model)
                for field in missing if known else ():
                    editor.add_field(model, field)
            self._tell(f"new in {table}: {', '.join(field.column for field in missing)}")

    def _make_new_indexes(self) -> None:
        """A kept database gets the indexes that the models were given since it was loaded."""
        from django.apps import apps
        from django.db import connection

        known = {name for (name,) in self._connection.execute("SELECT indexname FROM pg_indexes").fetchall()}
        for model in apps.get_models():
            for index in model._meta.indexes if model._meta.db_table in TABLES else ():
                if index.name not in known:
                    with connection.schema_editor() as editor:
                        editor.add_index(model, index)
                    self._tell(f"new index {index.name}")

    def _sequence(self) -> None:
        """Every entry has its place and is signed; the time it takes is what the sequencer is worth."""
        from sala.commons.ledger import sequencer

        self._connection.execute("ANALYZE ledger_entry")
        begun, placed = time.monotonic(), 0
        with sequencer.Sequencer() as office:
            office.elect()
            while step := office.step():
                placed += step
        seconds = time.monotonic() - begun
        self._tell(f"sequencing: {seconds:.0f} s, {placed / max(seconds, 0.001):,.0f} entries/s")

    def _settle_down(self) -> None:
        """Followers have read everything; statistics and visibility are what a running database has."""
        from sala.commons.ledger import subscriptions

        for subscription in subscriptions.list_subscriptions():
            self._connection.execute(
                "INSERT INTO ledger_follower (name, position, moved_at) SELECT %s, size, now() FROM ledger_head"
                " ON CONFLICT (name) DO UPDATE SET position = excluded.position",
                [subscription.name],
            )
        done = "SELECT 1 FROM bench_step WHERE name = 'vacuum'"
        if not self._connection.execute(done).fetchone():
            self._connection.execute("VACUUM ANALYZE")
            self._connection.execute("CHECKPOINT")
            self._connection.execute("INSERT INTO bench_step VALUES ('vacuum', now())")


def load_many(count: int, tell: Callable[[str], object] = lambda _: None) -> None:
    """Let `count` complaints be there, with all that they leave; what an earlier call loaded stays."""
    from django.db import connection

    connection.close()
    Load(count, tell).run()
    connection.close()


def _steps() -> list[tuple[str, str]]:
    parts = re.split(r"^-- step: (.+)$", STEPS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _texts_told() -> Iterator[tuple[object, ...]]:
    """Every story of the demonstration and example of a topic, as told and with personal data covered."""
    from sala.engines import thai

    for topic, texts in _texts().items():
        for number, text in enumerate(texts):
            masked = thai.mask(text).text
            yield topic, number, text, masked, *_words(masked)


def _edges() -> Iterator[tuple[object, ...]]:
    """How people begin and end: every text comes with each of them."""
    pairs = [(opening, closing) for opening in OPENINGS for closing in CLOSINGS]
    for number, (opening, closing) in enumerate(pairs):
        yield number, opening, closing, *_words(opening), *_words(closing)[1:]


def _words(text: str) -> tuple[str, str, str]:
    """The search words of a text as a title and as a body, and its letter groups, as literals."""
    from sala.engines import thai

    words_of_title = thai.vector_literal([(text[:120], "A")])
    return words_of_title, thai.vector_literal([(text, "B")]), _literal(thai.trigrams(text))


def _literal(grams: list[str]) -> str:
    return " ".join("'" + gram.replace("\\", "\\\\").replace("'", "''") + "'" for gram in grams)


def _texts() -> dict[str, list[str]]:
    from sala.engines.thai import complaint_topics
    from sala.services.complaints.demonstration import own_rows

    found: dict[str, list[str]] = {topic.code: list(topic.examples) for topic in complaint_topics()}
    for part in (1, 2, 3):
        for _, row in own_rows(f"complaints-{part}"):
            found[row["topic"]].append(row["text"])
    return {topic: list(dict.fromkeys(texts)) or ["ขอให้ช่วยตรวจสอบ"] for topic, texts in found.items()}


def _spots() -> Iterator[tuple[object, ...]]:
    from sala.engines import thai

    names = [f"{spot}{first}{second}" for spot in SPOTS for first in FIRST for second in SECOND]
    for number, name in enumerate(names, start=1):
        yield (
            number, name, thai.vector_literal([(name, "B")]), thai.vector_literal([(name, "C")]),
            _literal(thai.trigrams(name)),
        )  # fmt: skip


def _areas() -> Iterator[tuple[object, ...]]:
    """Subdistricts, those of the demonstration first: they get the most complaints, as large cities do."""
    from sala.commons.places import queries
    from sala.commons.places.models import Area
    from sala.engines import thai

    known = [code for (code,) in Area.objects.filter(level="subdistrict").order_by("id").values_list("code")]
    for slot, code in enumerate(known, start=1):
        path = queries.area_path(code)
        if path is None:
            raise LookupError(code)
        words = thai.vector_literal([(" ".join(f"{a.name_th} {a.name_en}" for a in path.areas), "C")])
        yield slot, code, path.areas[0].latitude, path.areas[0].longitude, _office("sidewalk", code), words


def _office(topic: str, area: str | None) -> str | None:
    from sala.commons.agencies import queries
    from sala.core import clock

    found = queries.candidates(topic=topic, area=area, on=clock.now().date())
    return found[0].mandate.agency if found else None


def _offices() -> Iterator[tuple[object, ...]]:
    from sala.commons.agencies import queries
    from sala.engines import thai

    for code, agency in queries.agencies_by_code().items():
        yield code, thai.vector_literal([(agency.name_th, "D")])


def _topic_slots() -> Iterator[tuple[object, ...]]:
    slot = 0
    for topic, texts in _texts().items():
        for _ in range(SHARES.get(topic, 1)):
            slot += 1
            texts_told = len(texts) * len(OPENINGS) * len(CLOSINGS)
            yield slot, topic, texts_told, _office(topic, None) or "opm-1111", topic in LOCAL


def _topic_words() -> Iterator[tuple[object, ...]]:
    from sala.engines import thai

    for topic in thai.complaint_topics():
        yield topic.code, thai.vector_literal([(f"{topic.name_th} {topic.name_en}", "D")])


def _answers() -> Iterator[tuple[object, ...]]:
    from sala.services.complaints.demonstration import own_rows

    texts = [
        row["answer"] for part in (1, 2, 3) for _, row in own_rows(f"complaints-{part}") if row["answer"]
    ]
    yield from enumerate(dict.fromkeys(texts), start=1)


def main() -> int:
    """Load, and keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--home", type=Path, required=True, help="folder to keep the database in")
    chosen = options.parse_args()
    import running_site

    folder: Any = running_site.prepare(chosen.home)
    begun = time.monotonic()
    load_many(
        chosen.rows, tell=lambda words: print(f"[{time.monotonic() - begun:.0f} s] {words}", flush=True)
    )
    running_site.stop(folder)
    print(f"{chosen.rows:,} complaints are in {folder}; to look at them: SALA_HOME={folder} sala serve")
    return 0


if __name__ == "__main__":
    sys.exit(main())
