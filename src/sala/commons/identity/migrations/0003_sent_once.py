"""What was sent with a key of its sender's, for a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_rates_unlogged")]

    operations = [
        migrations.CreateModel(
            name="SentOnce",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("answer_sealed", models.TextField()),
                ("forgotten_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
