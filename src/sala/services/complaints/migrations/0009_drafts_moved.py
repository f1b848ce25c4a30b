"""Drafts live in the box of drafts; complaints only forget the model, the rows were moved by drafts 0001."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("complaints", "0009_caller"), ("drafts", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Draft")]),
    ]
