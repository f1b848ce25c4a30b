"""Lawmaking: what people ask about laws and rules; later the library of laws, hearings and initiatives."""
