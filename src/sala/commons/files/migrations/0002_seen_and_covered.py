"""Who may see a file and from when, its covered copy; the name it was sent with is forgotten."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    # The old program stopped taking uploads at 0001, so no running code writes the name that goes.
    safe_because = "the only code that wrote the column cannot write the table since 0001"

    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.RemoveField("file", "original_name"),
        migrations.AddField(
            "file",
            "wish",
            models.CharField(
                choices=[("public", "public"), ("review", "review"), ("office", "office")],
                db_default="public",
                default="public",
                max_length=8,
            ),
        ),
        migrations.AddField(
            "file",
            "public_from",
            models.DateTimeField(blank=True, help_text="public only from this instant on", null=True),
        ),
        migrations.AddField(
            "file",
            "awaits_look",
            models.BooleanField(
                db_default=False, default=False, help_text="a moderator looks before everyone may see it"
            ),
        ),
        migrations.AddField(
            "file",
            "uncovered",
            models.OneToOneField(
                blank=True,
                help_text="the file of which this is a copy with covered parts",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="covered_copy",
                to="files.file",
            ),
        ),
        AddIndexConcurrently(
            "file", models.Index(condition=Q(awaits_look=True), fields=["matter"], name="file_awaits_look")
        ),
    ]
