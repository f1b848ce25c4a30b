"""Files that people send: sniffed, cleaned of what they tell about their maker, kept under a random name."""

import hashlib
import io
import secrets
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from sala.core.errors import Invalid

LARGEST_BYTES = 10_000_000
LARGEST_SIDE = 2400
MOST_PIXELS = 60_000_000
MOST_PAGES = 300
# ISO 32000-2, table 171: these only show; files, sound, film, forms that act and 3D scenes are left out.
_SHOWN = "Text FreeText Line Square Circle Polygon PolyLine Highlight Underline StrikeOut Stamp Ink Widget"
SHOWN_ANNOTATIONS = {f"/{kind}" for kind in _SHOWN.split()}
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was sniffed, cleaned of metadata and stored; `size_bytes` is of what is stored."""

    stored_as: str
    original_name: str
    media_type: str
    size_bytes: int
    sha256: str

    def columns(self) -> dict[str, object]:
        """The columns of an attachment row."""
        return {name: getattr(self, name) for name in self.__slots__}


def keep_file(content: bytes, name: str) -> KeptFile:
    """Clean and store a picture (JPEG, PNG, WebP, GIF) or PDF. Raises Invalid, with the field `files`.

    What it is decided by its content, never by its name. Pictures are drawn anew, so that position, camera and
    owner are gone; a PDF loses its document information, scripts and attachments.
    """
    if len(content) > LARGEST_BYTES:
        raise Invalid("invalid", {"files": "file_too_large"})
    media_type, cleaned = _cleaned(content)
    stored_as = f"{secrets.token_hex(16)}.{ENDINGS[media_type]}"
    default_storage.save(stored_as, ContentFile(cleaned))
    return KeptFile(
        stored_as=stored_as,
        original_name=_tidy(name),
        media_type=media_type,
        size_bytes=len(cleaned),
        sha256=hashlib.sha256(cleaned).hexdigest(),
    )


def read_file(stored_as: str) -> bytes:
    """The content of a kept file. Raises FileNotFoundError."""
    with default_storage.open(stored_as) as file:
        return bytes(file.read())


def drop_file(stored_as: str) -> None:
    """Delete a kept file; one that is gone already is no fault."""
    default_storage.delete(stored_as)


def _tidy(name: str) -> str:
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in bare if c.isprintable())[-120:] or "file"


def _cleaned(content: bytes) -> tuple[str, bytes]:
    if content.startswith(b"%PDF-"):
        return "application/pdf", _cleaned_pdf(content)
    return _cleaned_picture(content)


def _cleaned_picture(content: bytes) -> tuple[str, bytes]:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid("invalid", {"files": "picture_too_large"})
            upright = ImageOps.exif_transpose(picture)
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            drawn = upright.convert("RGBA" if has_alpha else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid("invalid", {"files": "picture_too_large"}) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Invalid("invalid", {"files": "file_kind_not_taken"}) from None
    drawn.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    fresh = Image.new(drawn.mode, drawn.size)
    fresh.paste(drawn)
    out = io.BytesIO()
    if has_alpha:
        fresh.save(out, "PNG", optimize=True)
        return "image/png", out.getvalue()
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return "image/jpeg", out.getvalue()


def _cleaned_pdf(content: bytes) -> bytes:
    try:
        return _rewritten(PdfReader(io.BytesIO(content)))
    except Invalid:
        raise
    except Exception:  # the reader raises whatever a damaged file makes it stumble over
        raise Invalid("invalid", {"files": "file_kind_not_taken"}) from None


def _rewritten(reader: PdfReader) -> bytes:
    """The pages alone: without information on the author, scripts, actions, attached files and page histories."""
    if reader.is_encrypted:
        raise Invalid("invalid", {"files": "file_locked"})
    if len(reader.pages) > MOST_PAGES:
        raise Invalid("invalid", {"files": "file_too_large"})
    writer = PdfWriter()
    for page in reader.pages:
        for key in ("/AA", "/Metadata", "/PieceInfo", "/Thumb"):
            page.pop(key, None)
        kept = ArrayObject(a for a in page.get("/Annots", ()) if _is_harmless(a.get_object()))
        page.pop("/Annots", None)
        if kept:
            page[NameObject("/Annots")] = kept
        writer.add_page(page)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _is_harmless(annotation: DictionaryObject) -> bool:
    """Whether a note on a page may stay: those that only show something, such as a field that was filled in."""
    for key in ("/A", "/AA", "/PA"):
        annotation.pop(key, None)
    return annotation.get("/Subtype") in SHOWN_ANNOTATIONS
