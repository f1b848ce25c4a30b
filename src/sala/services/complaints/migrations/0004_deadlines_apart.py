"""Periods and pauses move to the box of deadlines, with their keys; what complaints had of them goes."""

from django.db import migrations

# The keys stay the same, so that whatever named a row still finds it. The sequences of the new tables go on behind.
MOVE = """
INSERT INTO deadlines_legalperiod (id, kind, code, topic, days, unit, counted_from, law_th, law_en, basis, source,
    valid_from, valid_until)
SELECT id, 'complaint', code, topic, days, CASE WHEN is_working THEN 'working' ELSE 'calendar' END, '', law_th, law_en,
    CASE WHEN law_en LIKE 'Rule of this installation%' THEN 'house' ELSE 'not_verified' END, '', valid_from, valid_until
FROM complaints_legalperiod;
INSERT INTO deadlines_pause (id, matter_id, clock, reason, words, started_at, ended_at)
SELECT id, complaint_id, '', reason, words, started_at, ended_at FROM complaints_pause;
SELECT setval(pg_get_serial_sequence('deadlines_legalperiod', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM deadlines_legalperiod;
SELECT setval(pg_get_serial_sequence('deadlines_pause', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM deadlines_pause;
"""


class Migration(migrations.Migration):
    safe_because = (
        "the rows are copied within one transaction, some thousands in a country; an older version must not run beside"
        " this one, which the notes of the release say"
    )
    dependencies = [("complaints", "0003_figures_cached_in_tables"), ("deadlines", "0001_initial")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel("Pause"),
        migrations.DeleteModel("LegalPeriod"),
    ]
