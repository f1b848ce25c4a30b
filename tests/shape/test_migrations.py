"""Migrations let the old code go on working while they run: nothing it reads goes away, nothing is locked for long."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SAFE_BECAUSE = "safe_because"  # a migration's own attribute: why a dangerous step of it does no harm


def dangers_of(migration: type[migrations.Migration]) -> list[str]:
    """What in a migration would stop a running site. Tables that it makes itself are nobody's yet."""
    own = {op.name.lower() for op in migration.operations if isinstance(op, migrations.CreateModel)}
    return [danger for op in migration.operations if (danger := _danger(op, own))]


def _danger(op: Operation, own: set[str]) -> str:
    table = str(getattr(op, "model_name", "")).lower()
    gone = (migrations.RemoveField, migrations.DeleteModel, migrations.RenameField, migrations.RenameModel)
    if isinstance(op, (*gone, migrations.AlterModelTable)):
        return f"{op.describe()}: running code still uses it"
    if isinstance(op, migrations.RunSQL):
        return f"{op.describe()}: SQL says nothing of its locks"
    if table in own:
        return ""
    if isinstance(op, migrations.AddField) and not _may_be_left_out(op.field):
        return f"{op.describe()}: rows of running code lack it; give it null=True or db_default"
    if isinstance(op, migrations.AlterField) and not _may_be_left_out(op.field):
        return f"{op.describe()}: rewrites or locks the table, or refuses rows of running code"
    if isinstance(op, migrations.AddIndex) and not isinstance(op, AddIndexConcurrently):
        return f"{op.describe()}: locks out writers; use AddIndexConcurrently and atomic = False"
    if isinstance(op, migrations.AddConstraint):
        return f"{op.describe()}: locks the table while it is checked"
    return ""


def _may_be_left_out(field: models.Field) -> bool:
    return bool(field.null or field.many_to_many or field.db_default is not models.NOT_PROVIDED)


def later_migrations() -> Iterator[tuple[str, type[migrations.Migration]]]:
    """Every migration of ours after a box's first."""
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        if config.name.startswith("sala.") and folder.is_dir():
            for path in sorted(folder.glob("0*.py")):
                if not path.stem.startswith("0001_"):
                    module = importlib.import_module(f"{config.name}.migrations.{path.stem}")
                    yield f"{config.label}.{path.stem}", module.Migration


def test_the_migrations_make_the_models_as_they_are() -> None:
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("sala.")}
    written = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    assert not {label for label in written.changes(graph=loader.graph) if label in ours}


def test_no_migration_stops_a_running_site() -> None:
    found = [
        f"{name}: {danger}"
        for name, migration in later_migrations()
        if not str(getattr(migration, SAFE_BECAUSE, "")).strip()
        for danger in dangers_of(migration)
    ]
    assert not found, f"make it safe, or say why in `{SAFE_BECAUSE}`:\n" + "\n".join(found)


def migration_of(*operations: Operation) -> type[migrations.Migration]:
    """A migration with these steps."""
    return type("Migration", (migrations.Migration,), {"operations": list(operations)})


INDEX = models.Index(fields=["at"], name="by_at")
CHECK = models.CheckConstraint(condition=models.Q(at=1), name="one")
TEXT = models.TextField()


@pytest.mark.parametrize(
    "step",
    [
        migrations.RemoveField("thing", "at"),
        migrations.RenameField("thing", "at", "on"),
        migrations.DeleteModel("thing"),
        migrations.RenameModel("thing", "item"),
        migrations.AddField("thing", "words", TEXT),
        migrations.AddField("thing", "words", models.TextField(default="")),  # Django drops the default again
        migrations.AlterField("thing", "words", TEXT),
        migrations.AddIndex("thing", INDEX),
        migrations.AddConstraint("thing", CHECK),
        migrations.RunSQL("SELECT 1"),
    ],
)
def test_a_dangerous_step_is_noticed(step: Operation) -> None:
    assert dangers_of(migration_of(step))


@pytest.mark.parametrize(
    "steps",
    [
        [migrations.AddField("thing", "words", models.TextField(null=True))],
        [migrations.AddField("thing", "words", models.TextField(db_default=""))],
        [AddIndexConcurrently("thing", INDEX)],
        [migrations.CreateModel("Item", [("id", models.BigAutoField(primary_key=True))])],
        [migrations.CreateModel("Thing", []), migrations.AddIndex("thing", INDEX)],
        [migrations.RunPython(migrations.RunPython.noop)],
    ],
)
def test_a_safe_step_is_let_through(steps: list[Operation]) -> None:
    assert not dangers_of(migration_of(*steps))
