"""Where things are: areas with their codes, names and middles, what a point or a few words mean, the base map."""
