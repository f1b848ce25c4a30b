"""Who listens to what: read from top to bottom, this is everything that happens because of something else."""


def connect() -> None:
    """Fill the slots of the lower boxes. Called once, when the site starts."""
