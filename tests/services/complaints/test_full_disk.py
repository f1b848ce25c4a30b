"""A full disk: nothing breaks, the words of the form stay, no half of a file is left, and programs are told to wait."""

import contextlib
import errno
import io
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from PIL import Image

from sala.commons.files import actions as files
from sala.commons.files.models import File
from sala.core.errors import NoRoom
from sala.site import views

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("TRU-2")]
TYPED = "ทุกคืนตั้งแต่ต้นเดือน"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


@contextlib.contextmanager
def full(most_bytes: int) -> Iterator[None]:
    """The system itself lets no file of this process grow beyond this, as a quota does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(out, "JPEG")
    out.seek(0)
    out.name = "before.jpg"
    return out


def test_half_a_file_is_never_left(folder: Path) -> None:
    with full(2_000), pytest.raises(NoRoom) as refused:
        files.keep_file(picture().read())
    assert (refused.value.status, refused.value.fields) == (503, {"files": "no_room"})
    assert not list(folder.iterdir())


def test_a_form_with_a_file_comes_back_with_all_that_was_typed(client: Client, folder: Path) -> None:
    where = client.post("/complaints/new", {"text": "ไฟทางดับ", "topic": "street_light"})["Location"]
    page = client.post(where, {"place": "ซอยหลังวัดป่า"})["Location"]
    sent = picture()
    with full(2_000):
        answer = client.post(page, {"when": TYPED, "files": sent})
    assert answer.status_code in (422, 503)
    text = answer.content.decode()
    assert TYPED in text
    assert "ไม่มีที่เก็บไฟล์" in text
    assert not File.objects.exists()
    assert client.post(page, {"when": TYPED}).status_code == 302, "it goes on without the file"


@pytest.mark.parametrize("code", sorted(views.FULL))
def test_wherever_the_disk_is_full_it_is_for_a_moment_and_no_fault(code: int) -> None:
    try:
        raise OSError(code, "full")
    except OSError:
        answer = views.broken(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_another_fault_of_a_file_stays_a_fault() -> None:
    try:
        raise OSError(errno.EIO, "broken")
    except OSError:
        assert views.broken(RequestFactory().get("/")).status_code == 500


def test_a_database_without_room_is_for_a_moment_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OperationalError("could not extend file") from psycopg.errors.DiskFull()

    monkeypatch.setattr("sala.services.complaints.views.programs.actions.file_complaint", fails)
    client.raise_request_exception = False
    filing = {"text": "ไฟทางดับทั้งซอย", "topic": "street_light", "area": "400101"}
    answer = client.post("/api/complaints", filing, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "broken")
    assert "Retry-After" in answer
