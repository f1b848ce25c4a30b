"""Doors of participation, by what people do: sign, comment, vote on statements."""
