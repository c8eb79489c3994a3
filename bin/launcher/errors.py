class StartError(Exception):
    """What stands in the way of a start, as one or two lines for the person at the terminal."""
