"""The comparison of two versions of a questionnaire."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

from admin.access import allow
from admin.labels import title_of
from admin.labels.versions import compare_items, compare_settings
from admin.permissions import Can
from survey.questionnaires import queries
from survey.questionnaires.models import Version
from survey.questionnaires.rules.comparing import compare

blueprint = Blueprint("version_comparison", __name__, url_prefix="/admin/questionnaires/<slug>/comparison")


@blueprint.get("")
@allow(Can.READ_QUESTIONNAIRES)
def show(slug: str) -> str:
    """Compare the versions with the numbers ``before`` and ``after``; by default the two newest."""
    questionnaire = queries.questionnaire(slug) or abort(404)
    versions = queries.versions(questionnaire)
    if len(versions) < 2:
        abort(404)
    after = _chosen_version(versions, "after", versions[0])
    before = _chosen_version(
        versions, "before", next((v for v in versions if v.number < after.number), versions[1])
    )
    documents = [{"title": questionnaire.title} | version.document for version in (before, after)]
    comparison = compare(*documents)
    return render_template(
        "admin/questionnaires/version_comparison/show.html",
        slug=slug,
        title=title_of(questionnaire),
        versions=[(version.number, version_label(version)) for version in versions],
        before=before,
        after=after,
        comparison=comparison,
        rows=compare_items(comparison, *documents),
        whole=list(compare_settings(comparison, *documents)),
    )


def version_label(version: Version) -> str:
    number = _("Version %(number)s", number=version.number)
    draft = _("Draft")
    return _("%(text)s (%(detail)s)", text=number, detail=draft) if version.state == "draft" else number


def _chosen_version(versions: list[Version], name: str, default: Version) -> Version:
    number = request.args.get(name, default.number, int)
    return next((version for version in versions if version.number == number), None) or abort(404)
