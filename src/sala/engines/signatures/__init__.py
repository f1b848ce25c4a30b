"""The file of a collection's signatures as a committee is handed it, and its check by whoever trusts only a public key.

Pure: it knows neither a database nor an address; who reads the log hands in a function.
"""

from sala.engines.signatures.checking import Contradiction, Report, check_file
from sala.engines.signatures.writing import FORMAT, Handed, Head, head_line, row_line, text_to_sign, trailer

__all__ = [
    "FORMAT",
    "Contradiction",
    "Handed",
    "Head",
    "Report",
    "check_file",
    "head_line",
    "row_line",
    "text_to_sign",
    "trailer",
]
