"""Messages and words kept ready move to the box of correspondence, with their keys."""

import django.db.models.deletion
from django.db import migrations, models

# The keys stay the same: files and ledger entries name messages by them.
MOVE = """
INSERT INTO correspondence_message (id, matter_id, kind, text, public_text, agency, author_id, at, salt, entry_id)
SELECT id, complaint_id, kind, text, public_text, agency, author_id, at, salt, entry_id FROM complaints_message;
INSERT INTO correspondence_replytemplate (id, agency, name, text)
SELECT id, agency, name, text FROM complaints_replytemplate;
SELECT setval(pg_get_serial_sequence('correspondence_message', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM correspondence_message;
SELECT setval(pg_get_serial_sequence('correspondence_replytemplate', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM correspondence_replytemplate;
-- Keys that are checked at the end of a transaction are checked now: a table with checks to come cannot be altered.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    safe_because = (
        "the rows are copied within one transaction (a million messages in some seconds); an older version must not run"
        " beside this one, which the notes of the release say"
    )
    dependencies = [("complaints", "0005_running_dates"), ("correspondence", "0001_initial")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.AlterField(
            "attachment",
            "message",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attachments",
                to="correspondence.message",
            ),
        ),
        migrations.DeleteModel("Message"),
        migrations.DeleteModel("ReplyTemplate"),
    ]
