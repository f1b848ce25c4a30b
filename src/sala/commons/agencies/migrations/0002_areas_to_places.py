"""Agencies and mandates lie in areas of the box places from now on; their columns and keys stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


def _area(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="places.area",
    )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial"), ("places", "0001_area")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("agency", "area", _area("agencies")),
                migrations.AlterField("mandate", "area", _area("mandates")),
                migrations.DeleteModel("Area"),
            ],
        ),
    ]
