"""Texts to telephones: a module a way of sending them. Each has ``send(message)`` and raises NotSent."""

from .gateway import Gateway
from .message import Message, NotSent
from .outbox import Outbox

__all__ = ["Gateway", "Message", "NotSent", "Outbox"]
