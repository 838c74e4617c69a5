"""WeChat: who opened a page in it."""

from .oauth import Unconfirmed, VirtualAccount, WeChat

__all__ = ["Unconfirmed", "VirtualAccount", "WeChat"]
