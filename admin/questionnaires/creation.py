"""Creation of a questionnaire, idempotent for a form that is sent again, at an address that is free."""

from collections.abc import Callable

from flask import redirect, url_for
from werkzeug.wrappers import Response

from admin import idempotency
from survey.questionnaires import drafting
from survey.questionnaires.definition import Document
from survey.questionnaires.models import Version

from .slugs import free_slug


def create_once(title: str, document: Callable[[str], Document], source: str = "") -> Version:
    """Create a questionnaire at an address like ``title`` and return its draft.

    A form that has created a questionnaire already gets that one. ``document`` returns the content for a
    slug; ``source`` names what is copied, where a page offers several sources.
    """
    sent = idempotency.sent_number()
    made_with = f"{sent} {source}".strip()[:100] if sent else None
    return free_slug(title, lambda slug: drafting.create(slug, document(slug), made_with))


def redirect_to_version(version: Version) -> Response:
    """Redirect to the draft, or to the questionnaire when the version is published already."""
    endpoint = "drafts.show" if version.state == "draft" else "questionnaires.show"
    return redirect(url_for(endpoint, slug=version.questionnaire.slug), 303)
