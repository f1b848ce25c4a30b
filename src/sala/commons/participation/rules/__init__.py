"""Decisions of participation that a person could dispute, by what people do."""
