"""Who people are, as little of it as possible: persons, sign-in, who looked at whose data."""
