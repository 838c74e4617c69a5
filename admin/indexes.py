"""Satisfaction: from the company down to an employee, as far as it is mine to see."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from survey import settings
from survey.htmx import wants_partial
from survey.i18n import locale_code, text_of
from survey.indexes import reading
from survey.indexes.queries import questionnaires as answered
from survey.indexes.queries import subjects
from survey.indexes.queries.subjects import Subject
from survey.indexes.report import report
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire, Version

from . import charts
from .access import allow, place_or_404, scope
from .dimension_wording import DIMENSIONS
from .forms.indexes import FilterForm

blueprint = Blueprint("indexes", __name__, url_prefix="/admin/indexes")
READERS = ("administrator", "manager", "auditor")

LISTS = {
    "children": _l("Directly below"),
    "region": _l("Regions"),
    "point": _l("Service points"),
    "employee": _l("Employees"),
}
OFFERED = {"group": ("children", "region", "point", "employee"), "region": ("children", "point", "employee")}

Crumbs = list[tuple[str, str | None]]


@blueprint.get("/")
@allow(*READERS)
def index() -> Response | tuple[str, int]:
    reading.catch_up()
    top = scope()
    roots = places.roots() if top is None else [top]
    if len(roots) == 1:
        return _page_of_place(roots[0])
    listed = [subjects.of_place(root) for root in roots]
    return _page(_("All companies"), None, listed, [])


@blueprint.get("/<code>")
@allow(*READERS)
def place(code: str) -> Response | tuple[str, int]:
    reading.catch_up()
    return _page_of_place(place_or_404(code))


@blueprint.get("/employees/<code>")
@allow(*READERS)
def employee(code: str) -> Response | tuple[str, int]:
    reading.catch_up()
    person = places.employee(code)
    if person is None:
        abort(404)
    at = place_or_404(person.place.code)
    about = Subject(at.id, person.id, person.code, person.name, "", at.code)
    way = [*_way(at), (at.named(locale_code()), _address("indexes.place", at.code))]
    return _page(person.name, about, [], [*way, (person.name, None)])


def _page_of_place(top: Place) -> Response | tuple[str, int]:
    offered = OFFERED.get(top.kind, ())
    by = request.args.get("by", "children")
    if by not in (*offered, "children"):
        abort(404)
    if by == "employee" or not offered:
        listed = subjects.employees(top)
    else:
        listed = subjects.children(top) if by == "children" else subjects.below(top, by)
    name = top.named(locale_code())
    crumbs = [*_way(top), (name, None)]
    return _page(name, subjects.of_place(top), listed, crumbs, offered, by)


def _way(to: Place) -> Crumbs:
    """The places above that I may see."""
    mine = scope()
    above = places.ancestors(to) if len(to.ancestor_ids) > 1 and to != mine else []
    seen = [one for one in above if mine is None or mine.contains(one)]
    return [(one.named(locale_code()), _address("indexes.place", one.code)) for one in seen]


def _page(
    title: str,
    about: Subject | None,
    listed: Sequence[Subject],
    crumbs: Crumbs,
    offered: Sequence[str] = (),
    by: str = "children",
) -> Response | tuple[str, int]:
    asked = _questionnaires()
    form = FilterForm.of(request.args, [(one.slug, text_of(one.title, locale_code())) for one in asked])
    valid = not asked or form.validate()
    found, versions = None, list[Version]()
    if asked and valid:
        versions = _versions(asked, str(form.questionnaire.data))
        found = report(versions, form.chosen(settings.current().today()), about, listed)
    text = render_template(
        "admin/indexes/_report.html" if wants_partial() else "admin/indexes/show.html",
        title=title,
        about=about,
        crumbs=crumbs if len(crumbs) > 1 else [],
        form=form,
        report=found,
        ranking=charts.ranking(found, locale_code(), _address_of) if found else [],
        index_trend=charts.index_trend(found) if found else [],
        nps_trend=charts.nps_trend(found) if found else [],
        tabs=[(str(LISTS[one]), _address(None, by=one), one == by) for one in offered],
        texts=_texts(versions),
        k=settings.current().minimum_group,
        address=_address_of,
    )
    response = Response(text, 200 if valid else 422, mimetype="text/html")
    response.vary.add("HX-Request")
    return response


def _questionnaires() -> list[Questionnaire]:
    """The one with most answers first."""
    answers = answered.answers()
    return sorted(questionnaires.questionnaires(), key=lambda one: -answers.get(one.id, 0))


def _versions(asked: Sequence[Questionnaire], slug: str) -> list[Version]:
    return questionnaires.versions(next(one for one in asked if one.slug == slug))


def _texts(versions: Sequence[Version]) -> dict[str, str]:
    """What questions and dimensions are called, by code: in the words of the newest version."""
    texts: dict[str, str] = {}
    for version in reversed(versions):
        for question in version.definition.questions:
            texts[question.code] = question.text(locale_code()) or question.code
    dimensions = {name: str(label) for name, label in DIMENSIONS.items()}
    return {"question." + code: text for code, text in texts.items()} | texts | dimensions


def _address_of(subject: Subject) -> str:
    return _address("indexes.employee" if subject.employee_id else "indexes.place", subject.code)


def _address(endpoint: str | None, code: str | None = None, **changes: str) -> str:
    """An address with the filters of this page; this page's own without an endpoint."""
    kept = {name: value for name, value in request.args.items() if name not in ("by", "lang", *changes)}
    if endpoint is None:
        endpoint, values = str(request.endpoint), dict(request.view_args or {})
    else:
        values = {"code": code}
    return url_for(endpoint, **values, **kept, **changes)
