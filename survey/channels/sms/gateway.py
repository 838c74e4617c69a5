"""Texts by an HTTP gateway: one POST of JSON for each."""

import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import httpx

from .message import Declined, Message, NotSent

WAIT = 2.0  # seconds, in all, that the request of a customer waits; names are looked up without any limit
TIMEOUT = httpx.Timeout(5.0, connect=1.0)  # seconds, for each step
REST = 10.0  # seconds that a gateway which did not answer is left alone, so that customers need not wait
ABOUT_US = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
)
"""Statuses that are no fault of the number."""
BODY = '{"to": "{phone}", "text": "{text}"}'


class Gateway:
    """Sends to ``url`` with ``token`` as bearer. ``body`` is the JSON to send, in whose strings {phone},
    {text} and {code} are filled in. A text is sent when the answer is 2xx and holds ``success``."""

    is_sending = True

    def __init__(
        self,
        url: str,
        token: str = "",
        body: str = "",
        success: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._body = json.loads(body or BODY)
        self._success = success
        self._clock = clock
        self._again = 0.0
        self._threads = ThreadPoolExecutor(4, "texts")

    def send(self, message: Message) -> None:
        """Send a text. Raises NotSent when the gateway cannot be reached, Declined when it rejects the text.

        A text without an answer within WAIT counts as sent, since it may be on its way.
        """
        if self._clock() < self._again:
            raise NotSent("the gateway is left alone for a while")
        values = {"{phone}": message.phone, "{text}": message.text, "{code}": message.code}
        asked = self._threads.submit(self._post, _filled(self._body, values))
        try:
            asked.result(WAIT)
        except (TimeoutError, httpx.ReadTimeout):
            return
        except httpx.HTTPError as error:
            raise NotSent(type(error).__name__) from None

    def messages(self) -> list[dict[str, object]]:
        """Return no texts: all are sent, and none is kept."""
        return []

    def _post(self, body: object) -> None:
        """Post to the gateway and log failures, also those after WAIT."""
        try:
            reply = httpx.post(self._url, json=body, headers=self._headers, timeout=TIMEOUT)
        except httpx.HTTPError as error:
            self._again = self._clock() + REST
            _failed(type(error).__name__)
            raise
        if not reply.is_success:
            is_ours = not reply.is_client_error or reply.status_code in ABOUT_US
            raise _failed(f"status {reply.status_code}", NotSent if is_ours else Declined)
        if self._success not in reply.text:
            raise _failed("an answer without the sign of success", Declined)


def _filled(part: object, values: dict[str, str]) -> object:
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if isinstance(part, str):
        for mark, value in values.items():
            part = part.replace(mark, value)
    return part


def _failed(why: str, kind: type[NotSent] = NotSent) -> NotSent:
    logging.getLogger(__name__).error("the gateway for texts failed: %s", why)
    return kind(why)
