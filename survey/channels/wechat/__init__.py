"""WeChat: who opened a page in it."""

from survey.settings import Settings

from .oauth import Unconfirmed, VirtualAccount, WeChat

__all__ = ["Unconfirmed", "VirtualAccount", "WeChat", "chosen"]


def chosen(settings: Settings) -> WeChat | None:
    """Return the Official Account that is set up, if any."""
    if not settings.wechat_app_id:
        return None
    return WeChat(settings.wechat_app_id, settings.wechat_secret, settings.wechat_api)
