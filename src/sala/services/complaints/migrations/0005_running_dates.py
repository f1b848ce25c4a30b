"""The dates of complaints and appeals that run get their rows among the deadlines, so that they follow the calendars."""

from django.db import migrations

# Counted by all days that are declared now. What an earlier system brought and nobody here began on has no clock.
RUN = """
INSERT INTO deadlines_deadline (matter_id, clock, agency, period, unit, days, began_at, due_at, calendars, ended_at)
SELECT m.id, '', '', 'resolve', 'working', NULL, coalesce(c.received_at, m.opened_at), NULL,
    (SELECT coalesce(max(id), 0) FROM agencies_holiday), NULL
FROM complaints_complaint c JOIN matters_matter m ON m.id = c.matter_id
WHERE c.status IN ('received', 'assigned', 'in_progress') AND m.closed_at IS NULL AND m.due_at IS NOT NULL
    AND (c.source = '' OR c.adopted_at IS NOT NULL);
INSERT INTO deadlines_deadline (matter_id, clock, agency, period, unit, days, began_at, due_at, calendars, ended_at)
SELECT complaint_id, 'appeal', agency, 'appeal_decide', 'calendar', NULL, filed_at, due_at,
    (SELECT coalesce(max(id), 0) FROM agencies_holiday), NULL
FROM complaints_appeal WHERE decided_at IS NULL;
"""


class Migration(migrations.Migration):
    safe_because = "rows are added to a table that no older code knows; nothing that exists is locked or changed"
    dependencies = [
        ("complaints", "0004_point"),
        ("deadlines", "0002_running_dates"),
        ("agencies", "0001_initial"),
    ]
    operations = [migrations.RunSQL(RUN, migrations.RunSQL.noop)]
