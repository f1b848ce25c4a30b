"""The periods every installation starts with; agencies add their own by `sala import periods FILE`."""

import csv
from datetime import date
from importlib import resources

from django.db import migrations


def load(apps, schema_editor):
    rows = csv.DictReader(
        resources.files("sala.services.complaints").joinpath("data/periods.csv").read_text("utf-8").splitlines()
    )
    table = apps.get_model("complaints", "LegalPeriod")
    table.objects.bulk_create(
        table(
            code=row["code"],
            topic=row["topic"],
            days=int(row["days"]),
            is_working=row["unit"] == "working",
            law_th=row["law_th"],
            law_en=row["law_en"],
            valid_from=date.fromisoformat(row["valid_from"]),
        )
        for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
