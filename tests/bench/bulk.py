"""Many complaints at once, for measuring: copies of a few real filings, each with its own number and ledger entry."""

from datetime import timedelta

from running_site import FILING

TEXTS = (
    "ไฟถนนหน้าโรงเรียนดับมาสองสัปดาห์ ตอนค่ำมืดมาก",
    "น้ำประปาไม่ไหลตั้งแต่เมื่อวานทั้งซอย",
    "ถนนเป็นหลุมลึกหน้าตลาดสด รถจักรยานยนต์ล้มหลายคัน",
    "ขยะไม่มีใครมาเก็บเกินสัปดาห์ ส่งกลิ่นเหม็นทั้งหมู่บ้าน",
    "หมาจรจัดไล่กัดเด็กหน้าวัดทุกเช้า",
    "โรงงานปล่อยควันดำตอนกลางคืน หายใจไม่ออก",
    "ท่อระบายน้ำอุดตัน ฝนตกทีไรน้ำท่วมบ้าน",
    "ร้านอาหารเปิดเพลงเสียงดังถึงตีสอง",
)
MATTERS = """
INSERT INTO matters_matter SELECT copied.* FROM numbered
JOIN matters_matter model ON model.id = numbered.model_id, LATERAL jsonb_populate_record(model, jsonb_build_object(
    'id', numbered.id, 'reference', numbered.reference, 'agency', CASE n %% 300 WHEN 0 THEN model.agency
        ELSE 'office-' || n %% 300 END, 'opened_at', now() - make_interval(mins => n), 'updated_at', now(),
    'stage', CASE WHEN n %% 5 < 3 THEN 'closed' ELSE model.stage END,
    'closed_at', CASE WHEN n %% 5 < 3 THEN now() END, 'latitude', 6 + random() * 14, 'longitude', 98 + random() * 7
)) copied
"""
COMPLAINTS = """
INSERT INTO complaints_complaint SELECT copied.* FROM numbered
JOIN complaints_complaint model ON model.matter_id = numbered.model_id,
LATERAL jsonb_populate_record(model, jsonb_build_object('matter_id', numbered.id,
    'status', CASE WHEN n %% 5 < 3 THEN 'closed' ELSE model.status END)) copied
"""
WORDS = """
INSERT INTO matters_searchtext SELECT copied.* FROM numbered
JOIN matters_searchtext model ON model.matter_id = numbered.model_id,
LATERAL jsonb_populate_record(model, jsonb_build_object('matter_id', numbered.id)) copied
"""
ENTRIES = """
INSERT INTO ledger_entry (kind, matter, agency, area, occurred_at, body)
SELECT kind, numbered.reference, agency, area, occurred_at,
    convert_to(replace(convert_from(body, 'UTF8'), matter, numbered.reference), 'UTF8')
FROM numbered JOIN ledger_entry model ON model.matter = numbered.model_reference AND model.kind = 'complaint.filed'
ORDER BY n
"""


def load_many(count: int) -> None:
    """Add `count` complaints; every one has its place in the ledger and in the search, followers have read it."""
    from django.db import connection
    from django.test import Client

    from sala.commons.ledger import sequencer, subscriptions

    client = Client()
    models = [
        client.post("/open311/v2/requests.json", FILING | {"description": text}).json()[0][
            "service_request_id"
        ]
        for text in TEXTS
    ]
    _sequence(sequencer)
    subscriptions.catch_up()
    with connection.cursor() as cursor:
        _number(cursor, models, count)
        for statement in (MATTERS, COMPLAINTS, WORDS, ENTRIES):
            cursor.execute(statement.replace("%%", "%"))
        cursor.execute("DROP TABLE numbered")
    _sequence(sequencer)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_follower SET position = (SELECT size FROM ledger_head)")
        cursor.execute("SELECT setval('matters_matter_id_seq', (SELECT max(id) FROM matters_matter))")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _number(cursor: object, models: list[str], count: int) -> None:
    """A table of new ids and references, each with the filing it is a copy of."""
    from sala.core import clock, references

    year = (clock.now() + timedelta(hours=7)).year + 543
    cursor.execute(
        "CREATE TABLE numbered (n int, id bigint, reference text, model_id bigint, model_reference text)"
    )
    cursor.execute("SELECT max(id) FROM matters_matter")
    last = cursor.fetchone()[0]
    cursor.execute("SELECT reference, id FROM matters_matter WHERE reference = ANY (%s)", [models])
    ids = dict(cursor.fetchall())
    # Far beyond the numbers that filings are given during a run.
    cursor.execute("SELECT count(*) FROM matters_matter")
    first = 5_000_000 + cursor.fetchone()[0]
    with cursor.copy("COPY numbered FROM STDIN") as copy:
        for n in range(count):
            model = models[n % len(models)]
            reference = references.make_reference("C", year, first + n)
            copy.write_row((n, last + 1 + n, reference, ids[model], model))


def _sequence(sequencer: object) -> None:
    with sequencer.Sequencer() as office:
        office.elect()
        while office.step():
            pass
