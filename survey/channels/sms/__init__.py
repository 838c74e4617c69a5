"""Texts to telephones: a module a way of sending them, each a ``Sender``."""

from survey.settings import Settings

from .gateway import Gateway
from .message import Declined, Message, NotSent, Sender
from .outbox import Outbox

__all__ = ["Declined", "Gateway", "Message", "NotSent", "Outbox", "Sender", "chosen"]


def chosen(settings: Settings) -> Sender:
    """Return the gateway that is set up, or else the outbox, which sends nothing."""
    if settings.sms_url:
        return Gateway(settings.sms_url, settings.sms_token, settings.sms_body, settings.sms_success)
    return Outbox(settings.instance / "outbox")
