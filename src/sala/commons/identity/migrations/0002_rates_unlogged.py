"""Rate buckets need not outlive a crash of the database, so they need not wait for its log."""

from django.db import migrations


class Migration(migrations.Migration):
    safe_because = "before the first release: no site runs yet"
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE identity_ratebucket SET UNLOGGED",
            reverse_sql="ALTER TABLE identity_ratebucket SET LOGGED",
        )
    ]
