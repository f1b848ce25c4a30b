"""Processes and what keeps them well: servers, workers, the page cache, health, backups."""
