"""What a page of figures is about: the place or employee, the questionnaire and the period of its address."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from survey import settings
from survey.htmx import wants_partial
from survey.i18n import language_of, locale_code, name_of, text_of
from survey.indexes.queries import questionnaires as answered
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire, Version
from survey.tallies.queries import parts, subjects
from survey.tallies.queries.subjects import Subject
from survey.weighting.figure_query import FigureQuery
from survey.weighting.population_totals import scheme_in_force
from survey.weighting.weighting import Weighing

from .access import place_or_404, scope
from .forms.figure_filter import FilterForm
from .labels import title_of
from .labels.channels import channel_name
from .labels.dimensions import DIMENSIONS
from .labels.questions import UNTITLED

OFFERED = 200  # places to jump to

Crumbs = list[tuple[str, str | None]]


@dataclass(frozen=True)
class About:
    """``place`` is the one itself, or where the employee serves; None for all companies."""

    title: str
    crumbs: Crumbs
    place: Place | None = None
    subject: Subject | None = None

    @property
    def is_employee(self) -> bool:
        return self.subject is not None and self.subject.employee_id != 0


@dataclass(frozen=True)
class Choice:
    """The filters as asked for. The ``query`` has no versions where nothing can be shown, and no weights
    unless they are asked for and totals are known. ``texts``: what its questions and dimensions are called,
    by code."""

    form: FilterForm
    valid: bool
    query: FigureQuery
    texts: dict[str, str] = field(default_factory=dict)


def about_place(place: Place) -> About:
    name = place.named(locale_code())
    crumbs = [*_way(place), (name, None)]
    return About(name, crumbs if len(crumbs) > 1 else [], place, subjects.of_place(place))


def about_employee(code: str) -> About:
    """Raises 404 when there is none, or not in my part."""
    person = places.employee(code)
    if person is None:
        abort(404)
    at = place_or_404(person.place.code)
    subject = Subject(at.id, person.id, person.code, person.name, "", at.code)
    way = [*_way(at), (at.named(locale_code()), address("indexes.place", at.code))]
    return About(person.name, [*way, (person.name, None)], at, subject)


def _way(to: Place) -> Crumbs:
    """The places above that I may see."""
    mine = scope()
    above = places.ancestors(to) if len(to.ancestor_ids) > 1 and to != mine else []
    seen = [one for one in above if mine is None or mine.contains(one)]
    return [(one.named(locale_code()), address("indexes.place", one.code)) for one in seen]


def choose(about: About | None = None) -> Choice:
    """Reads the filters of this address."""
    asked = most_answered()
    form = FilterForm.of(request.args, [(one.slug, title_of(one)) for one in asked])
    form.offer_places(_jumps(about), about.place.code if about and about.place else "")
    form.offer_parts(*offered_parts())
    valid = not asked or form.validate()
    period = form.chosen(settings.current().today())
    if not asked or not valid:
        return Choice(form, valid, FigureQuery((), period))
    slug = form.questionnaire.data
    versions = questionnaires.answered_versions(next(one for one in asked if one.slug == slug))
    scheme = scheme_in_force(period.last) if form.weighted else None
    query = FigureQuery(versions, period, form.only, Weighing(scheme) if scheme else None)
    return Choice(form, valid, query, _texts(versions))


def most_answered() -> list[Questionnaire]:
    """All questionnaires, the one with most answers first."""
    answers = answered.respondents_by_questionnaire()
    return sorted(questionnaires.questionnaires(), key=lambda one: -answers.get(one.id, 0))


def _jumps(about: About | None) -> list[tuple[str, str]]:
    """The groups and regions of my part, and the place itself, to choose from: (code, name)."""
    if about is None or about.place is None or about.is_employee:
        return []
    top = scope() or places.place_by_id(about.place.ancestor_ids[0])
    regions = subjects.below(top, "region") if top.kind != "point" else []
    offered: list[Place | Subject] = [top, *regions, about.place]
    names = {place.code: place.named(locale_code()) for place in offered}
    return list(names.items()) if 1 < len(names) <= OFFERED else []


def offered_parts() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The channels and languages that figures can be asked of: (code, name)."""
    channels, languages = parts.channels_and_languages()
    named = [(one, channel_name(one)) for one in channels]
    return named, [(one, name_of(language_of(one))) for one in languages]


def _texts(versions: Sequence[Version]) -> dict[str, str]:
    """What questions and dimensions are called, by code: in the words of the newest version."""
    texts: dict[str, str] = {}
    for version in reversed(versions):
        for question in version.definition.questions:
            texts[question.code] = question.text(locale_code()) or str(UNTITLED)
            for option in question.options:
                texts[f"{question.code}.{option.code}"] = text_of(option.texts, locale_code()) or option.code
    dimensions = {name: str(label) for name, label in DIMENSIONS.items()}
    return {"question." + code: text for code, text in texts.items()} | texts | dimensions


def address_of(subject: Subject) -> str:
    return address("indexes.employee" if subject.employee_id else "indexes.place", subject.code)


def address(endpoint: str | None, code: str | None = None, **changes: str | int) -> str:
    """An address with the filters of this page; this page's own without an endpoint."""
    dropped = ("by", "lang", "sort", "page", "at", "outcome", "q", "part", *changes)
    if endpoint is None:
        endpoint, values = str(request.endpoint), dict(request.view_args or {})
        dropped = ("lang", "page", "at", *changes)
    else:
        values = {"code": code}
    kept = {name: value for name, value in request.args.items() if name not in dropped}
    asked: dict[str, Any] = {**values, **kept, **changes}
    return url_for(endpoint, **asked)


def jump() -> Response | None:
    """Before a request that names another place in ``at``: leads there with the same filters."""
    at = request.args.get("at")
    if not at or at == (request.view_args or {}).get("code"):
        return None
    endpoint = str(request.endpoint)
    target = address("indexes.place" if endpoint == "indexes.index" else endpoint, at)
    if wants_partial():
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target)
