"""Opening a page creates its two tokens; the same device finds them again.

They are kept in a cookie with the link's own path, so that Back, reload and a retry after a lost reply submit
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
EARLIER = 3600
"""Seconds by which a page counts as older that the customer had typed in before its tokens were renewed."""


@dataclass(frozen=True)
class PageSession:
    """An opened page, its claim code, and the tokens of both.

    ``seconds`` is how long ago the page was opened; None where that does not say how long answering took.
    ``is_stale``: it is too old to be submitted, unless it was before.
    """

    page: OpenedPage
    claim_code: str
    page_token: str
    claim_token: str
    seconds: int | None = field(default=None, compare=False)
    is_stale: bool = field(default=False, compare=False)

    @property
    def cookie(self) -> str:
        return f"{self.page_token}.{self.claim_token}"


def cookie_header(opened: PageSession, link: OpenLink, secure: bool) -> str:
    """Return the Set-Cookie header that keeps the page on the device.

    It is formatted here and not by Werkzeug, because every answer page has it.
    """
    tail = "; Secure" if secure else ""
    path = f"/s/{link.code}"
    return f"{COOKIE}={opened.cookie}; Path={path}; Max-Age={tokens.LIFETIME}; HttpOnly; SameSite=Lax{tail}"


class PageSessions:
    """The page sessions under this installation's keys."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._page_key = tokens.derive_key(secret, "page token")
        self._claim_key = tokens.derive_key(secret, "claim token")
        self._clock = clock

    def open(self, link: OpenLink) -> PageSession:
        """Return a new page. The link must be open."""
        page = OpenedPage(link.id, link.version_id or 0, uuid.uuid4(), place_id=link.place_id)
        return self._seal(_promising(page, link), tokens.new_claim_code())

    def renew(self, opened: PageSession, link: OpenLink) -> PageSession:
        """Return the same submission and claim under the link's present version, with new tokens. What the
        page promised is kept, unless the page is stale: then it is what the link offers now."""
        page = replace(opened.page, version_id=link.version_id or 0)
        return self._seal(_promising(page, link) if opened.is_stale else page, opened.claim_code, EARLIER)

    def reopen(self, page_token: str, claim_token: str, link: OpenLink) -> PageSession:
        """Return the page of these tokens. Raises BadToken, also for another link's."""
        now = int(self._clock())
        page = tokens.open_page(self._page_key, page_token)
        if page.link_id != link.id:
            raise BadToken
        code = tokens.open_claim(self._claim_key, claim_token, page.submission_id)
        seconds = now - page.opened_at if now >= page.opened_at else None
        return PageSession(page, code, page_token, claim_token, seconds, tokens.is_stale(page, now))

    def recall(self, cookie: str, link: OpenLink) -> PageSession | None:
        """Return the page that this device opened before, or None without one."""
        page_token, _, claim_token = cookie.partition(".")
        try:
            return self.reopen(page_token, claim_token, link)
        except BadToken:
            return None

    def _seal(self, page: OpenedPage, code: str, earlier: int = 0) -> PageSession:
        now = int(self._clock())
        return PageSession(
            page,
            code,
            tokens.seal_page(self._page_key, page, now - earlier),
            tokens.seal_claim(self._claim_key, code, page.submission_id),
        )


def _promising(page: OpenedPage, link: OpenLink) -> OpenedPage:
    """Return the page with what the link offers now."""
    return replace(page, campaign_id=link.offer.campaign_id, points=link.offer.points)
