"""Addresses of participation: signing, and opinion maps."""
