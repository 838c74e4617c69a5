"""A text to a telephone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from survey.outgoing import TEXT_FIELDS, Undeclared


@dataclass(frozen=True)
class Message:
    """A text for the number ``phone`` ("+86…"); ``shown`` is the number with its middle hidden.

    The text is ``wording``, a text of the catalogue, in which each {name} of ``fields`` is filled in. Raises
    Undeclared for a field that may not be sent through other companies.
    """

    phone: str
    shown: str
    wording: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.fields.keys() <= TEXT_FIELDS:
            raise Undeclared(f"a text may not hold {sorted(self.fields.keys() - TEXT_FIELDS)}")

    @property
    def text(self) -> str:
        """Return the text as it is sent."""
        filled = self.wording
        for name, value in self.fields.items():
            filled = filled.replace(f"{{{name}}}", value)
        return filled

    @property
    def code(self) -> str:
        """Return the code in the text, for gateways with templates of their own; "" when it has none."""
        return self.fields.get("code", "")


class Sender(Protocol):
    """A way of sending texts."""

    is_sending: bool
    """Whether texts reach telephones; staff see those of a sender that keeps them instead."""

    def send(self, message: Message) -> None:
        """Send a text. Raises NotSent."""

    def messages(self) -> list[dict[str, object]]:
        """Return the texts that were kept instead of sent, the latest first: ``at`` (seconds since 1970),
        ``to`` (the number with its middle hidden) and ``text``."""
        ...


class NotSent(Exception):
    """The text could not be handed to the gateway. Its number is not at fault, nor part of the error."""


class Declined(NotSent):
    """The gateway rejected the text: for this number, or at this time."""
