"""A text to a telephone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """``text`` for the number ``phone`` ("+86…"). ``code`` is what stands in it, for gateways that fill in a
    template of their own; ``shown`` is the number with its middle hidden."""

    phone: str
    shown: str
    code: str
    text: str


class NotSent(Exception):
    """The text could not be handed to who sends it, which is no fault of the number. It does not say it."""


class Declined(NotSent):
    """Who sends texts was asked, and does not send this one: to this number, or not now."""
