"""Doors of identity: signing in, one's own pages, answering for an agency's looks."""
