"""Files of complaints become files of matters: the same rows, in this box's table."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# The rows stay where they are; only names change. The keys of a complaint and of its matter are the same number.
# Draft and message are other boxes' tables from now on, so their foreign keys go and the numbers stay.
MOVE = """
ALTER TABLE complaints_attachment RENAME TO files_file;
ALTER SEQUENCE complaints_attachment_id_seq RENAME TO files_file_id_seq;
ALTER TABLE files_file RENAME COLUMN complaint_id TO matter_id;
ALTER TABLE files_file DROP CONSTRAINT attachment_belongs;
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT c.conname FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
        WHERE c.conrelid = 'files_file'::regclass AND c.contype = 'f'
        AND a.attname IN ('matter_id', 'draft_id', 'message_id')
    LOOP EXECUTE format('ALTER TABLE files_file DROP CONSTRAINT %I', one.conname); END LOOP;
END $$;
ALTER TABLE files_file ADD COLUMN holder varchar(80) NOT NULL DEFAULT '';
UPDATE files_file SET holder = 'draft:' || draft_id WHERE draft_id IS NOT NULL;
ALTER TABLE files_file DROP COLUMN draft_id;
ALTER TABLE files_file ADD CONSTRAINT files_file_matter_id_fk FOREIGN KEY (matter_id)
    REFERENCES matters_matter (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE files_file ADD CONSTRAINT file_belongs CHECK (matter_id IS NOT NULL OR holder <> '');
CREATE INDEX file_held ON files_file (holder) WHERE holder <> '';
"""


class Migration(migrations.Migration):
    initial = True
    # Between the renaming and the restart of the old program its uploads fail and are asked for again; nothing that
    # was kept is touched. Files are few beside matters, so the renaming and the check take well under a second.
    safe_because = "one rename; the old program's uploads are refused until it is restarted"

    dependencies = [
        ("complaints", "0006_correspondence_apart"),
        ("identity", "0002_rates_unlogged"),
        ("matters", "0002_numbers"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MOVE)],
            state_operations=[
                migrations.CreateModel(
                    name="File",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="what holds it before it belongs to a matter",
                                max_length=80,
                            ),
                        ),
                        ("message_id", models.BigIntegerField(blank=True, db_index=True, null=True)),
                        ("stored_as", models.CharField(max_length=80, unique=True)),
                        ("original_name", models.CharField(max_length=120)),
                        ("media_type", models.CharField(max_length=40)),
                        ("size_bytes", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("is_public", models.BooleanField(default=False)),
                        (
                            "by_agency",
                            models.CharField(
                                blank=True, help_text="empty for what the person sent", max_length=40
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="identity.person",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="matters.matter",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(condition=~Q(holder=""), fields=["holder"], name="file_held")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=Q(matter__isnull=False) | ~Q(holder=""), name="file_belongs"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
