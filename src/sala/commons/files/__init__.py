"""Files that people and offices add to a matter: cleaned, kept, shown, taken back, swept up."""
