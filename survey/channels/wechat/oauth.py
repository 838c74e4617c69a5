"""Signing in with WeChat: web authorisation of an Official Account, scope ``snsapi_base``.

https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
"""

import json
import logging
from urllib.parse import urlencode

import httpx

TIMEOUT = httpx.Timeout(2.0, connect=1.0)  # seconds; the request of a customer waits for it
AUTHORISE = "https://open.weixin.qq.com/connect/oauth2/authorize"


class Unconfirmed(Exception):
    """WeChat did not confirm the customer: the code is invalid or used, or WeChat does not answer."""


class VirtualAccount(Exception):
    """The customer uses a virtual account of WeChat, which many people share."""


class WeChat:
    """The Official Account ``app_id``; ``api`` is WeChat's server for servers."""

    def __init__(self, app_id: str, secret: str, api: str) -> None:
        self._app_id = app_id
        self._secret = secret
        self._api = api

    def address(self, back: str, state: str) -> str:
        """Return where to redirect customers, whom WeChat sends to ``back`` with ``code`` and ``state``."""
        # WeChat requires this order.
        query = {
            "appid": self._app_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        return f"{AUTHORISE}?{urlencode(query)}#wechat_redirect"

    def openid(self, code: str) -> str:
        """Return the openid of a customer by their ``code``. Raises Unconfirmed, VirtualAccount."""
        query = {
            "appid": self._app_id,
            "secret": self._secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        try:
            reply = httpx.get(f"{self._api}/sns/oauth2/access_token", params=query, timeout=TIMEOUT)
            body = json.loads(reply.raise_for_status().content)
        except (httpx.HTTPError, ValueError) as error:
            raise _unconfirmed(type(error).__name__) from None  # the error text contains the secret
        openid = body.get("openid") if isinstance(body, dict) else None
        if not isinstance(openid, str) or not openid:
            raise _unconfirmed(f"errcode {body.get('errcode') if isinstance(body, dict) else body!r:.9}")
        if body.get("is_snapshotuser"):
            raise VirtualAccount
        return openid


def _unconfirmed(why: str) -> Unconfirmed:
    logging.getLogger(__name__).error("WeChat did not say who it is: %s", why)
    return Unconfirmed(why)
