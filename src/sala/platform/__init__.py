"""Plumbing of Django, PostgreSQL and one machine that every box may stand on; knows no box and no law."""
