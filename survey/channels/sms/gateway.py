"""Texts by an HTTP gateway: one POST of JSON for each."""

import json
import logging
import time
from collections.abc import Callable

import httpx

from .message import Message, NotSent

TIMEOUT = httpx.Timeout(5.0, connect=3.0)  # seconds; the request of a customer waits for it
REST = 10.0  # seconds that a gateway which did not answer is left alone, so that customers need not wait
BODY = '{"to": "{phone}", "text": "{text}"}'


class Gateway:
    """Sends to ``url`` with ``token`` as bearer. ``body`` is the JSON to send, in whose strings {phone},
    {text} and {code} are filled in. A text is sent when the answer is 2xx and holds ``success``."""

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

    def send(self, message: Message) -> None:
        """Raises NotSent when the gateway says no, or does not answer in time."""
        if self._clock() < self._again:
            raise NotSent("the gateway is left alone for a while")
        values = {"{phone}": message.phone, "{text}": message.text, "{code}": message.code}
        try:
            reply = httpx.post(
                self._url, json=_filled(self._body, values), headers=self._headers, timeout=TIMEOUT
            )
        except httpx.HTTPError as error:
            self._again = self._clock() + REST
            raise _failed(type(error).__name__) from None
        if not reply.is_success:
            raise _failed(f"status {reply.status_code}")
        if self._success not in reply.text:
            raise _failed("an answer without the sign of success")


def _filled(part: object, values: dict[str, str]) -> object:
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if isinstance(part, str):
        for mark, value in values.items():
            part = part.replace(mark, value)
    return part


def _failed(why: str) -> NotSent:
    logging.getLogger(__name__).error("the gateway for texts failed: %s", why)
    return NotSent(why)
