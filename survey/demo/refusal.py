"""Why the demonstration cannot be loaded or cleared."""


class DemonstrationRefused(ValueError):
    """The text says why, in English."""
