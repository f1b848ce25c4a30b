"""Public tables of all boxes: a list of them, a page and files for each; and figures counted once for all readers."""
