"""Writes of files, by noun: the content that is kept, the rows that say whose it is, the sweep."""

from sala.commons.files.actions.keeping import (
    LARGEST_BYTES,
    KeptFile,
    Upload,
    drop_file,
    drop_unowned,
    keep_file,
    keep_own,
    kept_covered,
    kept_files,
    kept_of_letter,
)
from sala.commons.files.actions.rows import (
    File,
    add_files,
    await_look,
    forget_adder,
    forget_files,
    hold_file,
    publish_file,
    show_covered,
    show_with,
    take_over,
    wish_for,
    withhold_file,
)
from sala.commons.files.actions.sweeping import Swept, sweep_files
from sala.commons.files.rules import MOST_FILES, Wish
from sala.engines.cleaning import Area

__all__ = [
    "LARGEST_BYTES",
    "MOST_FILES",
    "Area",
    "File",
    "KeptFile",
    "Swept",
    "Upload",
    "Wish",
    "add_files",
    "await_look",
    "drop_file",
    "drop_unowned",
    "forget_adder",
    "forget_files",
    "hold_file",
    "kept_covered",
    "keep_file",
    "keep_own",
    "kept_files",
    "kept_of_letter",
    "publish_file",
    "show_covered",
    "show_with",
    "sweep_files",
    "take_over",
    "wish_for",
    "withhold_file",
]
