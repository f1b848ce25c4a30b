"""The public spine: one record, number, timeline, follow and search for every kind of matter."""
