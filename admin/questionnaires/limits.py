"""The response limits of a questionnaire, for all its links together."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, may
from admin.forms.limits import limit_form
from admin.labels import title_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.i18n import timezone_name
from survey.questionnaires import queries
from survey.questionnaires.definition import DEFAULT_LANGUAGES
from survey.responses.limiting import limit_questionnaire

blueprint = Blueprint("questionnaire_limits", __name__, url_prefix="/admin/questionnaires/<slug>/limits")


@blueprint.route("/", methods=["GET", "POST"])
@allow(Can.WRITE_QUESTIONNAIRES)
def edit(slug: str) -> str | Response | Page422:
    questionnaire = queries.questionnaire(slug) or abort(404)
    newest = queries.published(questionnaire.id) or queries.draft(questionnaire.id)
    form = limit_form(newest.definition.languages if newest else DEFAULT_LANGUAGES)()
    if not may(Can.SET_MAXIMA):
        form.keep_maximum(questionnaire.limit)
    timezone = settings.current().timezone
    if request.method == "GET":
        form.show(questionnaire.limit, timezone)
    elif form.validate():
        limit_questionnaire(questionnaire.id, form.limit(timezone))
        flash(_("Saved. It takes effect within a few seconds."), "success")
        return redirect(url_for("questionnaires.show", slug=slug), 303)
    values = {
        "questionnaire": questionnaire,
        "title": title_of(questionnaire),
        "form": form,
        "timezone_name": timezone_name(timezone),
    }
    page = render_template("admin/questionnaires/limits.html", **values)
    return (page, 422) if request.method == "POST" else page
