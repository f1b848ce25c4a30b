"""When a complaint has been sent around so often that somebody must look."""

BOUNCES_THAT_ALARM = 3


def is_bouncing(bounces: int) -> bool:
    """Whether a complaint has been sent on or back so often that a supervisor must look."""
    return bounces >= BOUNCES_THAT_ALARM
