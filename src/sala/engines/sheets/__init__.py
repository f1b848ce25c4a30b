"""Tables as offices send them: CSV in any of their encodings and delimiters, workbooks, titles above the header.

Nothing here knows what the columns mean; who reads says which names it looks for.
"""

from sala.engines.sheets.layout import Header, delimiter_of, find_header, fold_name
from sala.engines.sheets.reading import MOST_ROWS, Sheet, open_sheet
from sala.engines.sheets.texts import TEXTS, open_texts

__all__ = [
    "MOST_ROWS",
    "TEXTS",
    "Header",
    "Sheet",
    "delimiter_of",
    "find_header",
    "fold_name",
    "open_sheet",
    "open_texts",
]
