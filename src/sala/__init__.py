"""Sala: one open platform through which people speak to the state and the state answers in public."""
