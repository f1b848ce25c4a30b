"""Files live in the box of files; complaints only forget the model, the rows were moved by files 0001."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("complaints", "0006_correspondence_apart"), ("files", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Attachment")]),
    ]
