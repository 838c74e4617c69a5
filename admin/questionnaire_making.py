"""A new questionnaire: made once however often its form is sent, at an address that nobody has."""

import re
from collections.abc import Callable
from uuid import uuid4

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from survey.questionnaires import drafting
from survey.questionnaires.models import Version
from survey.questionnaires.rules.editing import Document

from .slugs import free_slug

FIELD = "made_with"
NUMBER = re.compile(r"[0-9a-f]{32}", re.ASCII)


def number() -> str:
    """For the hidden field FIELD: another each time that a page is shown, so that a double tap is known."""
    return uuid4().hex


def make(wish: str, document: Callable[[str], Document], of: str = "") -> Version:
    """A questionnaire at an address like ``wish``, or the one that this form has made already.

    ``document``: what it asks, by its slug. ``of``: what it is made of, where one page offers several."""
    sent = request.form.get(FIELD, "")
    made_with = f"{sent} {of}".strip()[:100] if NUMBER.fullmatch(sent) else None
    return free_slug(wish, lambda slug: drafting.create(slug, document(slug), made_with))


def opened(made: Version) -> Response:
    """The way to it: its draft, when that is not published yet."""
    endpoint = "drafts.show" if made.state == "draft" else "questionnaires.show"
    return redirect(url_for(endpoint, slug=made.questionnaire.slug), 303)
