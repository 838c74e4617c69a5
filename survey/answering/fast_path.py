"""The answer page for a phone's first visit is served before Flask, because most requests are for this page.

That happens only when the link is cached and open, its page is rendered, and the request has neither cookie
nor query. Any other request is passed on to the view, which does the same and more.
"""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from survey import headers, i18n, logs
from survey.settings import Settings

from . import pages
from .flood import Floods
from .links import LinkCache
from .page_sessions import PageSessions, cookie_header

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/s/"
RULE = "/s/<code>"


class FastPath:
    """A WSGI application that serves cached answer pages and passes on any other request."""

    def __init__(
        self,
        app: "WSGIApplication",
        links: LinkCache,
        sessions: PageSessions,
        floods: Floods,
        settings: Settings,
    ) -> None:
        self.app = app
        self.links = links
        self.sessions = sessions
        self.floods = floods
        self.secure = settings.https
        self.hosts = frozenset(settings.allowed_hosts)
        self.logged = settings.log_level in {"DEBUG", "INFO"}
        self.headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "no-store"),
            *headers.common_headers(settings.https),
        ]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(PREFIX) or not self._is_plain(environ):
            return self.app(environ, start_response)
        began = time.perf_counter()
        link = self.links.remembered(path[len(PREFIX) :])
        if link is None or not link.open or link.closed():
            return self.app(environ, start_response)
        language = i18n.preferred_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), link.languages)
        asks = bool(link.offer.points) and self.floods.is_on(link.id)
        if (language, asks) not in link.pages:
            return self.app(environ, start_response)
        opened = self.sessions.open(link)
        body = pages.render_first(link, language, opened.page_token, opened.claim_token, asks)
        cookie = ("Set-Cookie", cookie_header(opened, link, self.secure))
        start_response("200 OK", [*self.headers, cookie, ("Content-Length", str(len(body)))])
        if self.logged:
            logs.write_request("GET", RULE, 200, began)
        return [body]

    def _is_plain(self, environ: "WSGIEnvironment") -> bool:
        return (
            environ["REQUEST_METHOD"] == "GET"
            and not environ.get("QUERY_STRING")
            and "HTTP_COOKIE" not in environ
            and environ.get("HTTP_HOST", "").partition(":")[0] in self.hosts
        )
