"""What a restored log is called from then on, whether it went on elsewhere, and what each witness last refused."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.AddField("head", "epoch", models.TextField(db_default="")),
        migrations.AddField("head", "moved_at", models.DateTimeField(null=True)),
        migrations.AddField("witness", "refusal", models.TextField(db_default="")),
        migrations.AddField("witness", "refused_at", models.DateTimeField(null=True)),
        migrations.AddField("witness", "seen_size", models.BigIntegerField(null=True)),
    ]
