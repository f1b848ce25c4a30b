"""A PDF as it may be kept: its pages alone, without author, scripts, attached files, histories and hidden places.

ISO 32000-2. Whatever a page leads to is gone through before the pages are copied, so that nothing that was taken out
can follow them into the new file.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from sala.engines.cleaning.embedded import strip_jpeg, strip_jpeg2000
from sala.engines.cleaning.results import Unclean

MOST_PAGES = 300
MOST_OBJECTS = 200_000
# ISO 32000-2, table 171: these only show; files, sound, film, forms that act and 3D scenes are left out.
_SHOWN = "Text FreeText Line Square Circle Polygon PolyLine Highlight Underline StrikeOut Stamp Ink Widget"
SHOWN_ANNOTATIONS = {f"/{kind}" for kind in _SHOWN.split()}
# Wherever they stand: XMP, a program's private data, thumbnails, actions, prepress links, attached files, geographic
# measures (a map's corners are a position), other versions of a picture.
_NEVER_KEPT = (
    "/Metadata", "/PieceInfo", "/Thumb", "/AA", "/OPI", "/AF", "/LastModified", "/VP", "/LGIDict", "/Measure",
    "/PtData", "/Alternates",
)  # fmt: skip
# Who wrote a note and when, in what it answers: the note itself stays.
_OF_THE_AUTHOR = ("/T", "/Subj", "/M", "/CreationDate", "/NM", "/RC", "/IRT", "/Popup", "/ExData")
_INLINE_JPEG = re.compile(rb"\bBI\b[^\x80-\xff]{0,400}?/(?:DCT|DCTDecode)\b")
_STRIPPERS = {"/DCTDecode": strip_jpeg, "/DCT": strip_jpeg, "/JPXDecode": strip_jpeg2000}


def clean_pdf(content: bytes) -> bytes:
    """The pages of a PDF, with the pictures in them as clean as those beside it. Raises Unclean."""
    try:
        return _rewritten(PdfReader(io.BytesIO(content)))
    except Unclean:
        raise
    except MemoryError:
        raise
    except Exception:  # the reader raises whatever a damaged file makes it stumble over
        raise Unclean("file_kind_not_taken") from None


def _rewritten(reader: PdfReader) -> bytes:
    if reader.is_encrypted:
        raise Unclean("file_locked")
    if len(reader.pages) > MOST_PAGES:
        raise Unclean("file_too_large")
    writer, seen = PdfWriter(), set[tuple[int, int]]()
    for page in reader.pages:
        kept = ArrayObject(a for a in page.get("/Annots", ()) if _is_harmless(a.get_object()))
        page.pop("/Annots", None)
        if kept:
            page[NameObject("/Annots")] = kept
        for found in _reached(page, seen):
            _strip(found)
        _require_no_inline_jpeg(page.get("/Contents"))
        writer.add_page(page)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _is_harmless(annotation: DictionaryObject) -> bool:
    """Whether a note on a page may stay: those that only show something, such as a field that was filled in."""
    for key in ("/A", "/AA", "/PA"):
        annotation.pop(key, None)
    if annotation.get("/Subtype") != "/Widget":
        for key in _OF_THE_AUTHOR:
            annotation.pop(key, None)
    return annotation.get("/Subtype") in SHOWN_ANNOTATIONS


def _reached(start: Any, seen: set[tuple[int, int]]) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that a page leads to, each once; stripped by the caller before what is below it."""
    waiting: list[Any] = [start]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            key = (found.idnum, found.generation)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > MOST_OBJECTS:
                raise Unclean("file_too_large")
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            waiting += [found.raw_get(name) for name in found if name != "/Parent" or "/FT" in found]
        elif isinstance(found, ArrayObject):
            waiting += list(found)


def _strip(found: DictionaryObject) -> None:
    for key in _NEVER_KEPT:
        found.pop(key, None)
    if not isinstance(found, StreamObject):
        return
    if found.get("/Subtype") == "/Image":
        _strip_picture(found)
    elif found.get("/Subtype") == "/Form":
        _require_no_inline_jpeg(found)


def _strip_picture(picture: StreamObject) -> None:
    filters = picture.get("/Filter", ArrayObject())
    names = [str(name) for name in (filters if isinstance(filters, ArrayObject) else [filters])]
    strip = _STRIPPERS.get(names[-1]) if names else None
    if strip is None:
        if _STRIPPERS.keys() & set(names):
            raise Unclean("file_kind_not_taken")
        return
    # The filters before the last are undone by the reader; a JPEG itself it gives as it is.
    bare = picture._data
    if len(names) > 1:
        outer = StreamObject()
        outer._data = picture._data
        outer[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in names[:-1])
        bare = _outer_data(outer)
    picture._data = strip(bare)
    picture[NameObject("/Filter")] = NameObject(names[-1])
    given = picture.get("/DecodeParms")
    if isinstance(given, ArrayObject):
        picture.pop("/DecodeParms")
        if isinstance(last := given[-1].get_object() if given else None, DictionaryObject):
            picture[NameObject("/DecodeParms")] = last


def _outer_data(stream: StreamObject) -> bytes:
    """What is inside the outer filters of a stream."""
    data = decode_stream_data(stream)
    return data.encode("latin-1") if isinstance(data, str) else bytes(data)


def _require_no_inline_jpeg(contents: Any) -> None:
    """Refuse pictures within the drawing itself that keep their own metadata; no program in use writes them so."""
    contents = contents.get_object() if contents is not None else None
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    for part in parts:
        stream = part.get_object() if part is not None else None
        if isinstance(stream, StreamObject) and _INLINE_JPEG.search(stream.get_data()):
            raise Unclean("file_kind_not_taken")
