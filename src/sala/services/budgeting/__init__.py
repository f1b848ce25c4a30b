"""Budgeting: what was asked, permitted, moved, committed and paid, as events whose sums everyone can check."""
