"""Files that mean harm, sent with a form: refused beside the field with what was typed, or cleaned of it."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sala.commons.files.models import File

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("TRU-2")]

TYPED = "เมื่อคืนวาน ตอนฝนตก"
SCRIPT = b"<script>alert(document.cookie)</script>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 50,000 pixels wide and high."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)) + chunk(b"IEND", b"")
    )


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.jpg", b"\0" * 5_000_000)
    return out.getvalue()


def picture(form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, form, **more)
    return out.getvalue()


HARMFUL = {
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "page.jpg": b"<!doctype html>" + SCRIPT,
    "bomb.png": bomb(),
    "zip.jpg": zipped(),
    "empty.jpg": b"",
    "cut.jpg": picture("JPEG")[:200],
    "program.pdf": b"MZ\x90\0" + b"\0" * 500,
    "broken.pdf": b"%PDF-1.7\n%%EOF",
}


def page_of(client: Client) -> str:
    """The page of a new draft on which files are added."""
    where = client.post("/complaints/new", {"text": "ไฟทางดับ", "topic": "street_light"})["Location"]
    return str(client.post(where, {"place": "ซอยหลังวัดป่า"})["Location"])


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_is_refused_and_what_was_typed_stays(client: Client, name: str, folder: Path) -> None:
    file = SimpleUploadedFile(name, HARMFUL[name], content_type="image/jpeg")
    answer = client.post(page_of(client), {"when": TYPED, "files": file})
    assert answer.status_code == 422
    assert TYPED in answer.content.decode()
    assert name in answer.content.decode()
    assert not File.objects.exists()
    assert not list(folder.iterdir())


@pytest.mark.parametrize("form", ["GIF", "JPEG", "PNG"])
def test_a_file_that_is_two_things_keeps_only_the_picture(client: Client, form: str, folder: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (16.0, 26.0, 0.0)  # GPS latitude
    told = {"exif": exif} if form != "GIF" else {"comment": SCRIPT}
    file = SimpleUploadedFile(
        f"../../etc/{form}.php", picture(form, **told) + SCRIPT, content_type="text/html"
    )
    answer = client.post(page_of(client), {"when": TYPED, "files": file})
    assert answer.status_code == 302
    kept = File.objects.get()
    assert "php" not in kept.stored_as
    (stored,) = folder.iterdir()
    assert stored.suffix in {".jpg", ".png"}
    assert SCRIPT not in stored.read_bytes()
    with Image.open(stored) as drawn:
        assert not drawn.getexif().get_ifd(0x8825)
