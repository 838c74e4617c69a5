"""Why the demonstration cannot be loaded or cleared."""


class Refused(ValueError):
    """The text says why, in English."""
