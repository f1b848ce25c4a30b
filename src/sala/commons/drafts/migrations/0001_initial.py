"""Drafts of complaints become drafts of any kind; codes on paper that are exchanged for a link."""

import django.db.models.deletion
from django.db import migrations, models


MOVE = """
ALTER TABLE complaints_draft RENAME TO drafts_draft;
ALTER SEQUENCE complaints_draft_id_seq RENAME TO drafts_draft_id_seq;
ALTER TABLE drafts_draft ADD COLUMN kind varchar(20) NOT NULL DEFAULT 'complaint';
ALTER TABLE drafts_draft ALTER COLUMN kind DROP DEFAULT;
"""


class Migration(migrations.Migration):

    initial = True

    safe_because = "one rename; a draft that the old program saves meanwhile is asked for again"
    dependencies = [
        ('complaints', '0008_told'),
        ('identity', '0003_sent_once'),
        ('matters', '0003_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='matters.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['matter'], name='claim_of_matter')],
            },
        ),
        # The rows of complaints' drafts stay where they are and are given their kind.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MOVE)],
            state_operations=[
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(help_text='of the matter it will be', max_length=20)),
                        ('token_digest', models.CharField(max_length=64, unique=True)),
                        ('answers_sealed', models.TextField(help_text='what was typed so far, as JSON, sealed')),
                        ('updated_at', models.DateTimeField()),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='identity.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['updated_at'], name='draft_age')],
                    },
                ),
            ],
        ),
    ]
