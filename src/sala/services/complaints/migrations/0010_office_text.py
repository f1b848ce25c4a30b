"""What an office reads and searches of what is not public: personal data covered, kept and not made at each reading."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0009_drafts_moved")]

    operations = [
        migrations.AddField(
            "complaint",
            "office_text",
            models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="of what is not public, as the office reads and searches it: personal data covered",
            ),
        ),
    ]
