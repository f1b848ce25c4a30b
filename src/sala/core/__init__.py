"""Small things every floor may use: clock, money, dates, identifiers, errors. No tables."""
