"""Views without cookies: the short address of a claim, and the manifest with which a phone installs a
wallet."""

from collections.abc import Callable

from flask import Blueprint, Response, current_app, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from survey import i18n

blueprint = Blueprint("wallet_entrance", __name__)

# The manifest's colours match the icons and the background of the pages.
THEME, PAPER = "#0b6462", "#f7f6f2"
ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))
DAY = 86400  # seconds


@blueprint.get("/c/<code>")
def claim(code: str) -> BaseResponse:
    """Lead from the QR code of a claim to its page."""
    language = request.args.get("lang")
    return redirect(url_for("wallets.claim", code=code, lang=language if language in i18n.LOCALES else None))


@blueprint.get("/w/manifest.webmanifest")
def manifest() -> Response:
    home = url_for("wallets.wallet")
    asset: Callable[[str], str] = current_app.jinja_env.globals["asset"]  # type: ignore[assignment]
    reply = jsonify(
        {
            "id": home,
            "name": _("My points"),
            "short_name": _("My points"),
            "lang": i18n.html_lang(),
            "start_url": home,
            "scope": home,
            "display": "standalone",
            "theme_color": THEME,
            "background_color": PAPER,
            "icons": [
                {
                    "src": asset(f"icons/wallet-{size}{'-maskable' if purpose == 'maskable' else ''}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for size, purpose in ICONS
            ],
        }
    )
    reply.mimetype = "application/manifest+json"
    reply.cache_control.max_age = DAY
    return reply
