"""The limits of a link: when it takes responses, and how many."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from admin.access import allow, may
from admin.forms.limits import limit_form
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.i18n import timezone_name
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.definition import DEFAULT_LANGUAGES
from survey.responses.limiting import limit_link

from .links import link_or_404

blueprint = Blueprint("link_limits", __name__, url_prefix="/admin/links/<code>/limits")


@blueprint.route("/", methods=["GET", "POST"])
@allow(Can.CREATE_LINKS)
def edit(code: str) -> str | BaseResponse | Page422:
    link = link_or_404(code)
    published = questionnaires.published(link.questionnaire_id)
    form = limit_form(published.definition.languages if published else DEFAULT_LANGUAGES)()
    if not may(Can.SET_MAXIMA):
        form.keep_maximum(link.limit)
    timezone = settings.current().timezone
    if request.method == "GET":
        form.show(link.limit, timezone)
    elif form.validate():
        limit_link(link.id, form.limit(timezone))
        flash(_("Saved. It takes effect within a few seconds."), "success")
        return redirect(url_for("links.show", code=link.code), 303)
    page = render_template(
        "admin/links/limits.html", link=link, form=form, timezone_name=timezone_name(timezone)
    )
    return (page, 422) if request.method == "POST" else page
