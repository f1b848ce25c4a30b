"""Rules of budgets, pure: stages, sums, identities, codes, periods of parliament."""
