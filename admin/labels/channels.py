"""What the channels are called by which answers come."""

from flask_babel import lazy_gettext as _l

CHANNELS = {
    "qr": _l("QR code"),
    "sms": _l("Text message"),
    "wechat": _l("WeChat"),
    "email": _l("E-mail"),
    "import": _l("Import"),
}
LIVE = ("qr", "sms", "wechat", "email")
"""Those by which somebody is asked."""


def channel_name(channel: str) -> str:
    return str(CHANNELS.get(channel, channel))
