"""What moderators decided, why, and what became of an appeal."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '0003_sent_once'),
        ('matters', '0003_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('covered', 'covered'), ('set_aside', 'set_aside'), ('picture_covered', 'picture_covered'), ('picture_withheld', 'picture_withheld')], max_length=20)),
                ('breach', models.CharField(choices=[('personal_data', 'personal_data'), ('accuses_a_person', 'accuses_a_person'), ('insult', 'insult'), ('threat', 'threat'), ('advertising', 'advertising'), ('shows_a_person', 'shows_a_person'), ('unlawful', 'unlawful')], max_length=20)),
                ('file_id', models.BigIntegerField(blank=True, help_text='the file it is about', null=True)),
                ('before', models.TextField(blank=True, help_text='public words before it, so that an appeal can bring them back')),
                ('decided_at', models.DateTimeField()),
                ('appealed_at', models.DateTimeField(blank=True, null=True)),
                ('appeal', models.TextField(blank=True, help_text='why the person does not accept it; restricted')),
                ('appeal_due_at', models.DateTimeField(blank=True, null=True)),
                ('appeal_decided_at', models.DateTimeField(blank=True, null=True)),
                ('is_upheld', models.BooleanField(blank=True, null=True)),
                ('ruling', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='identity.person')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderation', to='matters.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['matter'], name='moderation_of_matter'), models.Index(condition=models.Q(('appeal_decided_at__isnull', True), ('appealed_at__isnull', False)), fields=['appeal_due_at'], name='moderation_appeal_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('appeal_decided_at__isnull', True), ('is_upheld__isnull', True)), models.Q(('appeal_decided_at__isnull', False), ('appealed_at__isnull', False), ('is_upheld__isnull', False)), _connector='OR'), name='moderation_appeal_decided_how')],
            },
        ),
    ]
