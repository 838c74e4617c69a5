"""The channels by which responses come: what each is called, and the adapter that the settings choose.

A new channel is a module beside this one and a line in CHANNELS.
"""

from collections.abc import Callable
from dataclasses import dataclass

from survey.refusal import N_
from survey.settings import Settings

from . import sms, wechat


@dataclass(frozen=True)
class Channel:
    """A way in which customers are asked.

    ``code`` stands in stored responses, ``name`` is a message id. ``is_live`` says whether somebody is asked
    by it; imported responses were collected elsewhere. ``adapter`` returns what talks to the other company,
    or None where nothing is set up for it; a channel that needs no other company has none.
    """

    code: str
    name: str
    is_live: bool = True
    adapter: Callable[[Settings], object | None] | None = None


CHANNELS = (
    Channel("qr", N_("QR code")),
    Channel("sms", N_("Text message"), adapter=sms.chosen),
    Channel("wechat", N_("WeChat"), adapter=wechat.chosen),
    Channel("email", N_("E-mail")),
    Channel("import", N_("Import"), is_live=False),
)


def adapters(settings: Settings) -> dict[str, object | None]:
    """Return the adapter of each channel that has one, by the channel's code."""
    return {channel.code: channel.adapter(settings) for channel in CHANNELS if channel.adapter is not None}
