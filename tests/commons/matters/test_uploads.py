"""What people send: told by its content, cleaned of what betrays them, kept under a name that says nothing."""

import contextlib
import io
import random
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from sala.commons.matters import uploads
from sala.core.errors import Invalid


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **more)
    return out.getvalue()


def photographed() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Maker of the telephone"
    exif[0x0112] = 6  # lying on its side
    exif.get_ifd(0x8825)[2] = (16.0, 25.0, 50.0)  # where it was taken
    return picture(exif=exif)


@pytest.mark.req("TRU-2")
def test_a_photograph_loses_place_and_maker_and_stands_upright() -> None:
    kept = uploads.keep_file(photographed(), "C:\\secret\\IMG 1.jpg")
    content = uploads.read_file(kept.stored_as)
    with Image.open(io.BytesIO(content)) as stored:
        assert dict(stored.getexif()) == {}
        assert stored.size == (40, 60)
    assert b"telephone" not in content
    assert kept.original_name == "IMG 1.jpg"
    assert "IMG" not in kept.stored_as


def test_a_huge_picture_becomes_a_sensible_one() -> None:
    kept = uploads.keep_file(picture(size=(5000, 100)), "wide.jpg")
    with Image.open(io.BytesIO(uploads.read_file(kept.stored_as))) as stored:
        assert max(stored.size) == uploads.LARGEST_SIDE


def test_a_pdf_loses_its_author_and_stays_a_pdf() -> None:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Somying"})
    writer.write(out)
    kept = uploads.keep_file(out.getvalue(), "letter.pdf")
    content = uploads.read_file(kept.stored_as)
    assert kept.media_type == "application/pdf"
    assert b"Somying" not in content
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_kind_not_taken"),
        (b"MZ\x90\x00 program", "file_kind_not_taken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file_kind_not_taken"),
        (b"%PDF-1.7 broken", "file_kind_not_taken"),
        (picture()[:50], "file_kind_not_taken"),
        (b"x" * (uploads.LARGEST_BYTES + 1), "file_too_large"),
    ],
)
def test_anything_else_is_refused_with_a_reason(content: bytes, code: str, folder: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        uploads.keep_file(content, "photo.jpg")
    assert refusal.value.fields == {"files": code}
    assert list(folder.iterdir()) == []


def with_notes() -> bytes:
    """A PDF with a filled-in field, an attached program and a script that runs when the page opens."""
    writer, out = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(200, 200)
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("run()")}
    )
    file = DictionaryObject(
        {NameObject("/Type"): NameObject("/Filespec"), NameObject("/F"): TextStringObject("virus.exe")}
    )
    field = {
        NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/V"): TextStringObject("Ban Phai"),
        NameObject("/A"): script,
    }
    attached = {NameObject("/Subtype"): NameObject("/FileAttachment"), NameObject("/FS"): file}
    notes = [writer._add_object(DictionaryObject(each)) for each in (field, attached)]
    page[NameObject("/Annots")] = ArrayObject(notes)
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("virus.exe", b"MZ")
    writer.write(out)
    return out.getvalue()


def test_a_pdf_keeps_what_was_filled_in_and_loses_what_acts() -> None:
    content = uploads.read_file(uploads.keep_file(with_notes(), "form.pdf").stored_as)
    assert b"Ban Phai" in content
    for active in (b"run()", b"JavaScript", b"virus.exe", b"EmbeddedFile"):
        assert active not in content, active


def damaged(content: bytes, *, seed: int) -> bytes:
    """The content with a few bytes changed, dropped or doubled; the same for the same seed."""
    chance, hurt = random.Random(seed), bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(hurt))
        match chance.randrange(3):
            case 0:
                hurt[at] = chance.randrange(256)
            case 1:
                del hurt[at : at + chance.randrange(1, 20)]
            case _:
                hurt[at:at] = hurt[at : at + 20]
    return bytes(hurt)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "PDF"])
def test_damaged_files_are_taken_or_refused_and_never_a_fault(kind: str) -> None:
    whole = with_notes() if kind == "PDF" else picture(kind)
    for seed in range(300):
        with contextlib.suppress(Invalid):
            uploads.keep_file(damaged(whole, seed=seed), "file")
