"""Opening a page: the two values it carries, and finding them again on the same device.

They are kept in a cookie of the link's own path, so that Back, reload and a retry after a lost reply hand in
the same submission.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from . import tokens
from .links import OpenLink
from .tokens import BadToken, OpenedPage

COOKIE = "page"
EARLIER = 3600  # seconds; so long ago a page was opened, at least, that was typed in before it is sealed anew


@dataclass(frozen=True)
class Opened:
    """An opened page, its claim code, and both as sealed in its form; how many ``seconds`` ago it was opened,
    as far as that says how long answering took."""

    page: OpenedPage
    claim_code: str
    page_token: str
    claim_token: str
    seconds: int | None = field(default=None, compare=False)

    @property
    def cookie(self) -> str:
        return f"{self.page_token}.{self.claim_token}"


def cookie_header(opened: Opened, link: OpenLink, secure: bool) -> str:
    """Leaves the opened page with the device. Written by hand: it is on every answer page."""
    tail = "; Secure" if secure else ""
    path = f"/s/{link.code}"
    return f"{COOKIE}={opened.cookie}; Path={path}; Max-Age={tokens.LIFETIME}; HttpOnly; SameSite=Lax{tail}"


class Desk:
    """Opens pages under this installation's keys."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._page_key = tokens.derive_key(secret, "page token")
        self._claim_key = tokens.derive_key(secret, "claim token")
        self._clock = clock

    def open(self, link: OpenLink, earlier: int = 0) -> Opened:
        """A page nobody has seen; ``earlier``: as if so many seconds ago. The link must be open."""
        promise = {"campaign_id": link.offer.campaign_id, "points": link.offer.points}
        page = OpenedPage(link.id, link.version_id or 0, uuid.uuid4(), **promise)
        return self._seal(page, tokens.new_claim_code(), earlier)

    def renew(self, opened: Opened, link: OpenLink) -> Opened:
        """The same submission, claim and promise under today's version, sealed anew."""
        page = replace(opened.page, version_id=link.version_id or 0)
        return self._seal(page, opened.claim_code, EARLIER)

    def reopen(self, page_token: str, claim_token: str, link: OpenLink) -> Opened:
        """What a form or a cookie carried. Raises BadToken (also when it is another link's), StaleToken."""
        now = int(self._clock())
        page = tokens.open_page(self._page_key, page_token, now)
        if page.link_id != link.id:
            raise BadToken
        code = tokens.open_claim(self._claim_key, claim_token, now)
        return Opened(page, code, page_token, claim_token, max(0, now - page.opened_at))

    def recall(self, cookie: str, link: OpenLink) -> Opened | None:
        """The page this device opened before, None when there is none that still counts."""
        page_token, _, claim_token = cookie.partition(".")
        try:
            return self.reopen(page_token, claim_token, link)
        except BadToken:
            return None

    def _seal(self, page: OpenedPage, code: str, earlier: int) -> Opened:
        now = int(self._clock())
        return Opened(
            page,
            code,
            tokens.seal_page(self._page_key, page, now - earlier),
            tokens.seal_claim(self._claim_key, code, now),
        )
