"""Pictures within documents: what is told beside their pixels is cut out, the pixels stay bit for bit.

JPEG: ITU-T T.81, annex B. JPEG 2000: ITU-T T.800, annexes A and I.
"""

from collections.abc import Iterator

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP14, _APP15 = 0xE0, 0xEE, 0xEF
# What a JPEG 2000 file needs to be shown; XML, UUID (Exif, GPS, XMP), owner and every other box go.
_JP2_SHOWN = frozenset({b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c", b"jpch", b"jplh"})
_CODESTREAM = b"\xff\x4f"
_JPC_SOT, _JPC_COM = 0xFF90, 0xFF64


def strip_jpeg(content: bytes) -> bytes:
    """A JPEG without Exif, position, XMP, comments, thumbnails and whatever follows its end. Raises ValueError."""
    if content[:2] != b"\xff\xd8":
        raise ValueError("no JPEG begins here")
    kept = [b"\xff\xd8"]
    for marker, whole in _segments(content):
        if _tells_more_than_pixels(marker):
            continue
        kept.append(_bare_jfif(whole) if marker == _APP0 else whole)
    return b"".join(kept)


def _tells_more_than_pixels(marker: int) -> bool:
    # APP0 holds the density and APP14 says which colours the numbers mean: without them the picture looks otherwise.
    return marker == _COM or (_APP0 < marker <= _APP15 and marker != _APP14)


def _bare_jfif(segment: bytes) -> bytes:
    """The JFIF head without its thumbnail; nothing of any other APP0 (JFXX is a thumbnail alone)."""
    if segment[4:9] != b"JFIF\0" or len(segment) < 18:
        return b""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and whole segment of each, a scan with its data; ends with the end of the first picture."""
    at = 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            raise ValueError("a marker was expected")
        marker = content[at + 1]
        if marker == 0xFF:  # fill bytes may stand before a marker
            at += 1
            continue
        if marker == _EOI:
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end < at + 4 or end > len(content):
            raise ValueError("a segment is cut off")
        if marker == _SOS:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end
    raise ValueError("the picture has no end")


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the coded data ends: at the first marker that is no restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    raise ValueError("the picture has no end")


def strip_jpeg2000(content: bytes) -> bytes:
    """A JPEG 2000 picture without the boxes and comments that only tell of it. Raises ValueError."""
    if content.startswith(_CODESTREAM):
        return _bare_codestream(content)
    kept = []
    for name, body in _boxes(content):
        if name in _JP2_SHOWN:
            shown = _bare_codestream(body) if name == b"jp2c" else body
            kept.append((len(shown) + 8).to_bytes(4) + name + shown)
    if not kept:
        raise ValueError("no JPEG 2000 begins here")
    return b"".join(kept)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, name, head = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16]), 16
        end = at + size if size else len(content)
        if end < at + head or end > len(content):
            raise ValueError("a box is cut off")
        yield name, content[at + head : end]
        at = end


def _bare_codestream(content: bytes) -> bytes:
    """The codestream without the comments of its main head."""
    if not content.startswith(_CODESTREAM):
        raise ValueError("no codestream begins here")
    kept, at = [content[:2]], 2
    while at + 4 <= len(content):
        marker = int.from_bytes(content[at : at + 2])
        if marker == _JPC_SOT:
            return b"".join([*kept, content[at:]])
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end < at + 4 or end > len(content):
            raise ValueError("a segment is cut off")
        if marker != _JPC_COM:
            kept.append(content[at:end])
        at = end
    raise ValueError("the picture has no tiles")
