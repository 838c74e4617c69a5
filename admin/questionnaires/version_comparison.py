"""Two versions of a questionnaire beside each other."""

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
    """``before`` and ``after``: numbers of versions; by default the two newest."""
    asked = queries.questionnaire(slug) or abort(404)
    versions = queries.versions(asked)
    if len(versions) < 2:
        abort(404)
    after = _chosen(versions, "after", versions[0])
    before = _chosen(versions, "before", next((v for v in versions if v.number < after.number), versions[1]))
    documents = [{"title": asked.title} | one.document for one in (before, after)]
    found = compare(*documents)
    return render_template(
        "admin/questionnaires/version_comparison/show.html",
        slug=slug,
        title=title_of(asked),
        versions=[(one.number, version_said(one)) for one in versions],
        before=before,
        after=after,
        found=found,
        rows=compare_items(found, *documents),
        whole=list(compare_settings(found, *documents)),
    )


def version_said(version: Version) -> str:
    number = _("Version %(number)s", number=version.number)
    draft = _("Draft")
    return _("%(text)s (%(detail)s)", text=number, detail=draft) if version.state == "draft" else number


def _chosen(versions: list[Version], name: str, usual: Version) -> Version:
    number = request.args.get(name, usual.number, int)
    return next((one for one in versions if one.number == number), None) or abort(404)
