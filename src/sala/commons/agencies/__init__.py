"""The bodies of the state: their tree, areas, mandates, calendars, desks, and who works for them."""
