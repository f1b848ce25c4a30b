"""The wired site: settings, addresses, the one list of boxes, who hears what, its own first page. No box knows it."""
