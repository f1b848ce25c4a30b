"""Complaints and grievances: filed once, routed to the agency that can act, worked, confirmed."""
