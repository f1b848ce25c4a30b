"""A database of the first release keeps its areas, and what lies in them, when places become a box of their own."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FIRST = [("agencies", "0001_initial"), ("places", None)]


def _migrated(targets: list[tuple[str, Any]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state([t for t in targets if t[1]]).apps


@pytest.mark.django_db(transaction=True)
def test_areas_of_the_first_release_are_there_after_the_upgrade_and_agencies_still_lie_in_them() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        old = _migrated(FIRST)
        area = old.get_model("agencies", "Area").objects.create(
            code="40", level="province", name_th="ขอนแก่น", name_en="Khon Kaen"
        )
        old.get_model("agencies", "Agency").objects.create(
            code="kk", kind="province", name_th="ก", name_en="b", area=area
        )
    finally:
        new = _migrated(latest)
    kept = new.get_model("places", "Area").objects.get(code="40")
    assert (kept.pk, kept.name_th) == (area.pk, "ขอนแก่น")
    assert new.get_model("agencies", "Agency").objects.get(code="kk").area_id == area.pk
    with connection.cursor() as cursor:
        assert "agencies_area" in connection.introspection.table_names(cursor)
