"""Tags of participation."""
