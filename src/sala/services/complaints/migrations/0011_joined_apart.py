"""Who joined stands in the collections of participation: the same digests, so nobody can join a second time."""

from django.db import migrations

# In this order: a collection for each complaint that somebody joined, their marks, and how many there are.
MOVE = """
INSERT INTO participation_collection (matter_id, purpose, counted)
SELECT complaint_id, 'support', count(*) FROM complaints_support GROUP BY complaint_id;
INSERT INTO participation_signature (collection_id, mark, area, channel, signed_at)
SELECT c.id, decode(s.mark, 'hex'), '', 'web', s.at
FROM complaints_support s JOIN participation_collection c ON c.matter_id = s.complaint_id AND c.purpose = 'support';
INSERT INTO participation_areacount (collection_id, area, counted)
SELECT id, '', counted FROM participation_collection WHERE purpose = 'support';
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0010_office_text"), ("participation", "0001_initial")]

    safe_because = (
        "The rows of those who joined are few and are copied once; a process of yesterday that still runs answers a "
        "join with an error page until it is replaced, and loses nothing, for joining is one transaction."
    )

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel("Support"),
    ]
