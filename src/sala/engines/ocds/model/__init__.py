"""OCDS 1.1.5 with its extensions, as types; read tolerantly, so 1.2 drafts fit too."""
