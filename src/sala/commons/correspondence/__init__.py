"""What people and offices write to each other about a matter, and words that offices keep ready for it."""
