"""Doors of the state's bodies: public pages, and the pages of those who administer them."""
