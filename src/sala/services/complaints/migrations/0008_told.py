"""Which entry commits to the words, reasons as everyone reads them, whose words go once the office has closed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0007_files_moved'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='entry_id',
            field=models.BigIntegerField(blank=True, help_text='the entry that commits to the words as they are now', null=True),
        ),
        migrations.AddField(
            model_name='complaint',
            name='is_to_be_erased',
            field=models.BooleanField(db_default=False, default=False, help_text='its person is erased; the words go when the office closes it'),
        ),
        migrations.AddField(
            model_name='handover',
            name='told_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='the reason as the person and everyone reads it'),
        ),
    ]
