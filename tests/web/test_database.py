"""Where the embedded PostgreSQL may put its socket."""

from pathlib import Path

import pytest

from sala.web import database


@pytest.mark.parametrize(
    ("folder", "can"),
    [
        ("/home/nok/sala/var/postgres", True),
        ("/home/nok/ศาลา/var/postgres", True),
        ("/home/nok/my files/sala/var/postgres", False),
        ("/home/nok/it's/var/postgres", False),
        ("/" + "ยาว/" * 40, False),
    ],
)
def test_a_socket_lies_where_the_server_and_the_system_can_name_it(folder: str, can: bool) -> None:
    assert database._can_hold_a_socket(Path(folder) / ".s.PGSQL.5432") is can
