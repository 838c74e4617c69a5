"""Texts to telephones: a module a way of sending them, each with ``send(message)``, which raises NotSent."""

from .gateway import Gateway
from .message import Declined, Message, NotSent
from .outbox import Outbox

__all__ = ["Declined", "Gateway", "Message", "NotSent", "Outbox"]
