class StartError(Exception):
    """What stands in the way of a start, as one or two lines for the person at the terminal."""


class InUse(StartError):
    """The data directory belongs to a start that still runs."""
