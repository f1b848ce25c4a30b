"""What people send tells where they live: cleaned at every depth, or refused."""

import base64
import contextlib
import io
import random
import zlib

import pytest
from PIL import Image
from pypdf import PdfReader

from engines.cleaning.pieces import TELLING, jpeg2000, pdf_with, photographed, picture, with_notes
from sala.engines import cleaning
from sala.engines.cleaning import Area, Unclean
from sala.engines.cleaning.embedded import strip_jpeg, strip_jpeg2000


def tells_nothing(content: bytes) -> bool:
    return not any(piece in content for piece in TELLING)


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_loses_place_and_maker_and_stands_upright(form: str) -> None:
    whole = photographed(form)
    assert b"Maker" in whole
    clean = cleaning.clean_file(whole)
    with Image.open(io.BytesIO(clean.content)) as drawn:
        assert dict(drawn.getexif()) == {}
        assert drawn.size == (40, 60)
    assert tells_nothing(clean.content)


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize(
    ("name", "content", "outer"),
    [
        ("/DCTDecode", photographed(), ""),
        ("/DCTDecode", zlib.compress(photographed()), "/FlateDecode"),
        ("/DCTDecode", base64.a85encode(photographed()) + b"~>", "/ASCII85Decode"),
        ("/DCTDecode", photographed() + photographed(), ""),
        ("/JPXDecode", jpeg2000(), ""),
    ],
    ids=["jpeg", "deflated", "ascii", "a second behind it", "jpeg2000"],
)
def test_a_picture_in_a_pdf_is_as_clean_as_one_beside_it(name: str, content: bytes, outer: str) -> None:
    clean = cleaning.clean_file(pdf_with(picture_filter=name, content=content, outer=outer))
    assert clean.media_type == "application/pdf"
    form = PdfReader(io.BytesIO(clean.content)).pages[0]["/Resources"]["/XObject"]["/Fm0"]
    kept = form["/Resources"]["/XObject"]["/Im0"]
    assert tells_nothing(clean.content)
    assert tells_nothing(kept._data)
    assert "/Metadata" not in kept
    with Image.open(io.BytesIO(kept._data)) as drawn:
        assert drawn.convert("RGB").getpixel((30, 20))[2] > 100
        assert not drawn.getexif()


def test_a_jpeg_that_is_only_stripped_keeps_every_pixel() -> None:
    whole = photographed()
    with Image.open(io.BytesIO(whole)) as before, Image.open(io.BytesIO(strip_jpeg(whole))) as after:
        assert before.tobytes() == after.tobytes()


def test_what_hides_its_pictures_in_the_drawing_itself_is_refused() -> None:
    whole = pdf_with(picture_filter="/DCTDecode", content=photographed())
    hiding = whole.replace(b"q 60 0 0 40 0 0 cm /Im0 Do Q", b"BI /W 6 /H 4 /F /DCT ID  EI Q")
    hiding = hiding.replace(b"/Length 28", b"/Length 29")
    with pytest.raises(Unclean):
        cleaning.clean_file(hiding)


def test_a_broken_picture_in_a_pdf_is_refused_and_not_kept_as_it_is() -> None:
    with pytest.raises(Unclean) as refusal:
        cleaning.clean_file(pdf_with(picture_filter="/DCTDecode", content=photographed()[:-2]))
    assert refusal.value.code == "file_kind_not_taken"


def test_a_pdf_keeps_what_was_filled_in_and_loses_what_acts() -> None:
    content = cleaning.clean_file(with_notes()).content
    assert b"Ban Phai" in content
    assert b"The lamp is here" in content
    for active in (b"run()", b"JavaScript", b"virus.exe", b"EmbeddedFile", b"Somying"):
        assert active not in content, active


def test_a_huge_picture_becomes_a_sensible_one() -> None:
    with Image.open(io.BytesIO(cleaning.clean_file(picture(size=(5000, 100))).content)) as drawn:
        assert max(drawn.size) == cleaning.LARGEST_SIDE


@pytest.mark.parametrize("mode", ["RGB", "P", "RGBA", "1"])
def test_a_small_file_of_very_many_pixels_is_refused_before_they_are_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8000, 4000)).save(out, "PNG")
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(Unclean) as refusal:
        cleaning.clean_file(out.getvalue())
    assert refusal.value.code == "picture_too_large"


@pytest.mark.req("MOD")
def test_a_covered_area_holds_nothing_of_what_was_there_and_the_rest_stays() -> None:
    face = Image.new("RGB", (200, 100), "white")
    face.paste("red", (20, 20, 60, 60))
    out = io.BytesIO()
    face.save(out, "PNG")
    covered = cleaning.cover_areas(out.getvalue(), [Area(0.1, 0.2, 0.3, 0.6)])
    with Image.open(io.BytesIO(covered.content)) as drawn:
        colours = {drawn.getpixel((x, y)) for x in range(22, 58) for y in range(22, 58)}
        assert all(max(colour) < 100 for colour in colours)
        assert min(drawn.getpixel((150, 50))) > 240


def test_an_area_that_reaches_over_the_edge_or_lies_upside_down_is_covered_all_the_same() -> None:
    covered = cleaning.cover_areas(picture(size=(100, 100)), [Area(1.5, 0.5, 0.5, -1.0)])
    with Image.open(io.BytesIO(covered.content)) as drawn:
        assert drawn.getpixel((75, 25))[0] > 40
        assert drawn.getpixel((25, 75))[0] < 20


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


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "PDF", "PDF with a picture"])
def test_damaged_files_are_taken_or_refused_and_never_a_fault(kind: str) -> None:
    whole = {
        "PDF": with_notes,
        "PDF with a picture": lambda: pdf_with(picture_filter="/DCTDecode", content=photographed()),
    }.get(kind, lambda: picture(kind))()
    for seed in range(300):
        with contextlib.suppress(Unclean):
            cleaning.clean_file(damaged(whole, seed=seed))


@pytest.mark.parametrize("strip", [strip_jpeg, strip_jpeg2000])
def test_damaged_pictures_within_are_stripped_or_refused(strip: object) -> None:
    whole = photographed() if strip is strip_jpeg else jpeg2000()
    for seed in range(300):
        with contextlib.suppress(ValueError):
            strip(damaged(whole, seed=seed))  # type: ignore[operator]  # one of two functions
