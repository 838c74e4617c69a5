"""What the respondents of a tally have in common: a filter adds up the tallies that have what it asks for."""

from typing import NamedTuple

FLAGGED, UNFLAGGED = "flagged", "unflagged"


class Common(NamedTuple):
    """What some respondents have in common: the channel, the language, and whether their answers show a sign
    of carelessness (FLAGGED or UNFLAGGED); "" where they differ in it, or nobody has looked.

    As a filter, "" asks for nothing."""

    channel: str
    language: str
    care: str = ""

    def matches(self, part: "Common") -> bool:
        """Return whether a filter that asks for this takes all of a part."""
        return all(asked in ("", there) for asked, there in zip(self, part, strict=True))


EVERYBODY = Common("", "")
