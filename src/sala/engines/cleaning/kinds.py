"""What a file is, by its content and never by its name; what is left of it."""

from sala.engines.cleaning.pdf import clean_pdf
from sala.engines.cleaning.pictures import LARGEST_SIDE, MOST_PIXELS, Area, clean_picture, cover_areas
from sala.engines.cleaning.results import Cleaned, Unclean

__all__ = [
    "LARGEST_SIDE",
    "MOST_PIXELS",
    "Area",
    "Cleaned",
    "Unclean",
    "clean_file",
    "cover_areas",
]


def clean_file(content: bytes) -> Cleaned:
    """A picture (JPEG, PNG, WebP, GIF) or PDF as it may be kept.

    Pictures are drawn anew, so that position, camera and owner are gone; a PDF loses its document information,
    scripts and attachments, and the pictures in it the same as those beside it. Raises Unclean.
    """
    if content.startswith(b"%PDF-"):
        return Cleaned("application/pdf", clean_pdf(content))
    return clean_picture(content)
