"""Where bytes enter and leave: one opener and one writer for every command, import and page. No Django.

The engines themselves open nothing; this package is the door that their commands share. What goes wrong with a
file is a `FileError`: its name and one sentence, never a bare OSError that a caller could forget.
"""

from sala.engines.files.encodings import guess_encoding, to_utf8
from sala.engines.files.errors import FileError, UnreadableError, UnwritableError
from sala.engines.files.folders import make_folder, write_folder
from sala.engines.files.reading import Budget, open_bytes, open_seekable, open_text, read_text, read_whole
from sala.engines.files.scratch import no_room, scratch_file, scratch_folder
from sala.engines.files.writing import open_output, write_output

__all__ = [
    "Budget",
    "FileError",
    "UnreadableError",
    "UnwritableError",
    "guess_encoding",
    "make_folder",
    "no_room",
    "open_bytes",
    "open_output",
    "open_seekable",
    "open_text",
    "read_text",
    "read_whole",
    "scratch_file",
    "scratch_folder",
    "to_utf8",
    "write_folder",
    "write_output",
]
