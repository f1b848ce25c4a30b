"""Pictures drawn anew, within a budget of pixels; areas of them covered for good."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from sala.engines.cleaning.results import Cleaned, Unclean

LARGEST_SIDE = 2400
# A file of 7 KB can say that it is 60 million pixels of one colour, and each costs up to four bytes several times over.
# Telephones take 12 to 50 million; those come as plain JPEG, which is read at a smaller scale and never whole.
MOST_PIXELS = 30_000_000
MOST_SCALED_PIXELS = 120_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_COVER = (58, 58, 66)


class Area(NamedTuple):
    """A rectangle of a picture to cover, in parts of its width and height (0 to 1) from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


def clean_picture(content: bytes) -> Cleaned:
    """The picture drawn anew and upright, its longer side at most LARGEST_SIDE. Raises Unclean."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            _scale_before_reading(picture)
            drawn = _drawn(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unclean("picture_too_large") from None
    except Unclean:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, OverflowError, EOFError):
        raise Unclean("file_kind_not_taken") from None
    return _written(drawn)


def _scale_before_reading(picture: Image.Image) -> None:
    """Refuse what would cost too much, before any pixel of it is read."""
    pixels = picture.width * picture.height
    is_scaled = picture.format == "JPEG" and not picture.info.get("progressive")
    if pixels > (MOST_SCALED_PIXELS if is_scaled else MOST_PIXELS):
        raise Unclean("picture_too_large")
    if picture.format == "JPEG":
        picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))


def _drawn(picture: Image.Image) -> Image.Image:
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    # Smaller first, colours after: a copy of the whole for each step is what made one picture cost gigabytes.
    if picture.mode in ("P", "1") or picture.mode.startswith(("I", "F")) or "transparency" in picture.info:
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    small = picture.copy() if max(picture.size) <= LARGEST_SIDE else picture
    small.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    return ImageOps.exif_transpose(small).convert("RGBA" if has_alpha else "RGB")


def _written(drawn: Image.Image) -> Cleaned:
    fresh, out = Image.new(drawn.mode, drawn.size), io.BytesIO()
    fresh.paste(drawn)
    if drawn.mode == "RGBA":
        fresh.save(out, "PNG", optimize=True)
        return Cleaned("image/png", out.getvalue())
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return Cleaned("image/jpeg", out.getvalue())


def cover_areas(content: bytes, areas: Sequence[Area]) -> Cleaned:
    """A clean picture with areas covered by one colour: what was there is in the copy no more. Raises Unclean.

    One colour and no blur: a blurred plate of few pixels can be read again by trying all plates.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            _scale_before_reading(picture)
            drawn = _drawn(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unclean("file_kind_not_taken") from None
    pen, (width, height) = ImageDraw.Draw(drawn), drawn.size
    for area in areas:
        left, right = sorted((_within(area.left), _within(area.right)))
        top, bottom = sorted((_within(area.top), _within(area.bottom)))
        pen.rectangle((left * width, top * height, right * width, bottom * height), fill=_COVER)
    return _written(drawn)


def _within(part: float) -> float:
    return min(1.0, max(0.0, part))
