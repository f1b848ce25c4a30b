"""Whatever dies is started again, not too fast when it dies at once; everything ends when told to."""

import sys

import pytest

from sala.web.database import django_database
from sala.web.supervisor import Child


def test_a_child_that_dies_young_waits_longer_each_time() -> None:
    child = Child("short", [sys.executable, "-c", "pass"])
    waits = []
    for _ in range(4):
        child.start()
        assert child.process is not None
        child.process.wait(20)
        waits.append(child.wait_before_restart())
    assert waits == sorted(waits)
    assert 0 < waits[0] < waits[-1] <= 10


def test_an_address_of_a_database_is_read_with_its_socket_folder() -> None:
    values = django_database("postgresql://sala:p%40ss@/sala?host=/run/pg&sslmode=disable")
    assert values["HOST"] == "/run/pg"
    assert values["PASSWORD"] == "p@ss"
    assert values["NAME"] == "sala"
    with pytest.raises(ValueError, match="postgresql"):
        django_database("mysql://localhost/sala")
