"""Pure computing: no Django, no network, no clock. Each engine also works alone."""
