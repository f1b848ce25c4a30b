"""Legal periods, pauses and working calendars: by when something must be done, by which law, and since when."""
