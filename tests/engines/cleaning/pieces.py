"""Files that tell more than they show, made by hand: pictures with a position, PDFs with such pictures in them."""

import io
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

# What must be nowhere in a clean file.
TELLING = (b"Maker of the telephone", b"16.4322", b"Somying", b"rdf:RDF")
_XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF>Somying</rdf:RDF></x:xmpmeta>"


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **more)
    return out.getvalue()


def photographed(form: str = "JPEG") -> bytes:
    """A photograph with its place, maker, comment and XMP; it lies on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Maker of the telephone"
    exif[0x0112] = 6
    exif[0x010E] = "16.4322"
    exif.get_ifd(0x8825)[2] = (16.0, 25.0, 50.0)
    more = {"comment": b"Somying"} if form == "JPEG" else {}
    whole = picture(form, exif=exif, **more)
    if form == "JPEG":
        whole = whole[:2] + b"\xff\xe1" + (len(_XMP) + 2).to_bytes(2) + _XMP + whole[2:]
    return whole


def jpeg2000() -> bytes:
    """A JPEG 2000 picture with an XML box and a comment in its codestream."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG2000", comment="Somying")
    told = b"<rdf:RDF>16.4322</rdf:RDF>"
    return out.getvalue() + (len(told) + 8).to_bytes(4) + b"xml " + told


def pdf_with(*, picture_filter: str, content: bytes, outer: str = "") -> bytes:
    """A PDF of one page that draws one picture, which carries XMP of its own beside what is within it."""
    writer, out = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(200, 200)
    xmp = StreamObject()
    xmp._data = _XMP
    drawn = StreamObject()
    drawn._data = content
    names = [NameObject(outer), NameObject(picture_filter)] if outer else [NameObject(picture_filter)]
    drawn.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(60),
            NameObject("/Height"): NumberObject(40),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
            NameObject("/Filter"): ArrayObject(names) if outer else names[0],
            NameObject("/Metadata"): writer._add_object(xmp),
        }
    )
    # The picture stands within a form, as some programs write it: what leads to it is gone through too.
    form = StreamObject()
    form._data = b"q 60 0 0 40 0 0 cm /Im0 Do Q"
    form.update(
        {
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(NumberObject, (0, 0, 60, 40))),
            NameObject("/Resources"): DictionaryObject(
                {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(drawn)})}
            ),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Fm0"): writer._add_object(form)})}
    )
    writer.add_metadata({"/Author": "Somying"})
    writer.write(out)
    return out.getvalue()


def with_notes() -> bytes:
    """A PDF with a filled-in field, a note by somebody, an attached program and a script that runs when it opens."""
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
    note = {
        NameObject("/Subtype"): NameObject("/FreeText"),
        NameObject("/Contents"): TextStringObject("The lamp is here"),
        NameObject("/T"): TextStringObject("Somying"),
    }
    attached = {NameObject("/Subtype"): NameObject("/FileAttachment"), NameObject("/FS"): file}
    notes = [writer._add_object(DictionaryObject(each)) for each in (field, note, attached)]
    page[NameObject("/Annots")] = ArrayObject(notes)
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("virus.exe", b"MZ")
    writer.write(out)
    return out.getvalue()
