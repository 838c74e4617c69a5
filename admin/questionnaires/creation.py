"""A new questionnaire: made once however often its form is sent, at an address that nobody has."""

from collections.abc import Callable

from flask import redirect, url_for
from werkzeug.wrappers import Response

from admin import idempotency
from survey.questionnaires import drafting
from survey.questionnaires.definition import Document
from survey.questionnaires.models import Version

from .slugs import free_slug


def make(wish: str, document: Callable[[str], Document], of: str = "") -> Version:
    """A questionnaire at an address like ``wish``, or the one that this form has made already.

    ``document``: what it asks, by its slug. ``of``: what it is made of, where one page offers several."""
    sent = idempotency.sent_number()
    made_with = f"{sent} {of}".strip()[:100] if sent else None
    return free_slug(wish, lambda slug: drafting.create(slug, document(slug), made_with))


def opened(made: Version) -> Response:
    """The way to it: its draft, when that is not published yet."""
    endpoint = "drafts.show" if made.state == "draft" else "questionnaires.show"
    return redirect(url_for(endpoint, slug=made.questionnaire.slug), 303)
