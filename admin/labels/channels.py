"""What the channels are called by which answers come."""

from flask_babel import lazy_gettext as _l

from survey.channels import registry

CHANNELS = {channel.code: _l(channel.name) for channel in registry.CHANNELS}
LIVE = tuple(channel.code for channel in registry.CHANNELS if channel.is_live)
"""Those by which somebody is asked."""


def channel_name(channel: str) -> str:
    return str(CHANNELS.get(channel, channel))
