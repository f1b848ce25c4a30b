"""What people do together on a matter: they put their names to it, each once, and the count is exact."""
