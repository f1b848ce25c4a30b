"""Who listens to what: read from top to bottom, this is everything that happens because of something else."""

from sala.commons.agencies import queries as agencies
from sala.commons.identity import slots as identity


def connect() -> None:
    """Fill the slots of the lower boxes. Called once, when the site starts."""
    # A person's roles are kept by agencies; identity asks for them at every signed-in request.
    identity.grants_of = agencies.grants_of
