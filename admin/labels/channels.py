"""Names of the channels by which responses come."""

from flask_babel import lazy_gettext as _l

from survey.channels import registry

CHANNELS = {channel.code: _l(channel.name) for channel in registry.CHANNELS}
LIVE = tuple(channel.code for channel in registry.CHANNELS if channel.is_live)
"""The codes of the channels by which customers can be asked."""


def channel_name(channel: str) -> str:
    return str(CHANNELS.get(channel, channel))
