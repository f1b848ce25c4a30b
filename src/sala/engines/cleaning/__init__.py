"""Pictures and PDFs made anew without what they tell of their maker; areas of a picture covered."""

from sala.engines.cleaning.kinds import (
    LARGEST_SIDE,
    MOST_PIXELS,
    Area,
    Cleaned,
    Unclean,
    clean_file,
    cover_areas,
)

__all__ = ["LARGEST_SIDE", "MOST_PIXELS", "Area", "Cleaned", "Unclean", "clean_file", "cover_areas"]
