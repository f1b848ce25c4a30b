"""A caller is found by their telephone number: complaints know its keyed digest from now on."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False  # an index that is made beside running writers
    dependencies = [("complaints", "0008_views_apart")]
    operations = [
        migrations.AddField(
            "complaint",
            "phone_digest",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="of the whole telephone number, so that who takes a call finds what the caller told before",
                max_length=64,
            ),
        ),
        AddIndexConcurrently(
            "complaint",
            models.Index(condition=~Q(phone_digest=""), fields=["phone_digest"], name="complaint_caller"),
        ),
    ]
