"""Officers' own views move to the box of worklists, with their keys."""

from django.db import migrations

MOVE = """
INSERT INTO worklist_savedview (id, person_id, kind, agency, name, filters)
SELECT id, person_id, 'complaint', agency, name, filters FROM complaints_savedview;
SELECT setval(pg_get_serial_sequence('worklist_savedview', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM worklist_savedview;
"""


class Migration(migrations.Migration):
    safe_because = "a few rows for each officer are copied; an older version must not run beside this one"
    dependencies = [("complaints", "0008_told"), ("worklist", "0001_initial")]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop), migrations.DeleteModel("SavedView")]
