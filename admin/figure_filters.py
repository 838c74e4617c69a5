"""Read from an address what a page of figures is about: a unit or employee, a questionnaire, a period."""

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

MOST_CHOICES = 200
"""The greatest number of units in a list to choose from; a longer list is not offered."""

Crumbs = list[tuple[str, str | None]]


@dataclass(frozen=True)
class About:
    """The unit or employee that a page of figures is about.

    ``place`` is the unit itself, or the unit where the employee serves; None for all companies.
    """

    title: str
    crumbs: Crumbs
    place: Place | None = None
    subject: Subject | None = None

    @property
    def is_employee(self) -> bool:
        return self.subject is not None and self.subject.employee_id != 0


@dataclass(frozen=True)
class Choice:
    """The filters that the address asks for.

    ``query`` has no versions where nothing can be shown, and weights only when they are asked for and totals
    are known. ``texts`` are the names of its questions and dimensions, by code.
    """

    form: FilterForm
    valid: bool
    query: FigureQuery
    texts: dict[str, str] = field(default_factory=dict)


def about_place(place: Place) -> About:
    name = place.named(locale_code())
    crumbs = [*_ancestor_crumbs(place), (name, None)]
    return About(name, crumbs if len(crumbs) > 1 else [], place, subjects.of_place(place))


def about_employee(code: str) -> About:
    """Return what a page about this employee shows; answer 404 when they are outside the user's scope."""
    employee = places.employee(code)
    if employee is None:
        abort(404)
    place = place_or_404(employee.place.code)
    subject = Subject(place.id, employee.id, employee.code, employee.name, "", place.code)
    crumbs = [*_ancestor_crumbs(place), (place.named(locale_code()), address("indexes.place", place.code))]
    return About(employee.name, [*crumbs, (employee.name, None)], place, subject)


def _ancestor_crumbs(place: Place) -> Crumbs:
    """Return the units above ``place`` within the user's scope, as pairs of name and address."""
    user_scope = scope()
    ancestors = places.ancestors(place) if len(place.ancestor_ids) > 1 and place != user_scope else []
    visible = [ancestor for ancestor in ancestors if user_scope is None or user_scope.contains(ancestor)]
    return [(ancestor.named(locale_code()), address("indexes.place", ancestor.code)) for ancestor in visible]


def choose(about: About | None = None) -> Choice:
    """Return the filters of this address, for a page about ``about``."""
    offered = most_answered()
    form = FilterForm.of(
        request.args, [(questionnaire.slug, title_of(questionnaire)) for questionnaire in offered]
    )
    form.offer_places(_place_choices(about), about.place.code if about and about.place else "")
    form.offer_parts(*offered_parts())
    valid = not offered or form.validate()
    period = form.chosen_period(settings.current().today())
    if not offered or not valid:
        return Choice(form, valid, FigureQuery((), period))
    slug = form.questionnaire.data
    versions = questionnaires.answered_versions(
        next(questionnaire for questionnaire in offered if questionnaire.slug == slug)
    )
    scheme = scheme_in_force(period.last) if form.weighted else None
    query = FigureQuery(versions, period, form.only, Weighing(scheme) if scheme else None)
    return Choice(form, valid, query, _texts(versions))


def most_answered() -> list[Questionnaire]:
    """Return all questionnaires, those with the most responses first."""
    counts = answered.respondents_by_questionnaire()
    return sorted(questionnaires.questionnaires(), key=lambda questionnaire: -counts.get(questionnaire.id, 0))


def _place_choices(about: About | None) -> list[tuple[str, str]]:
    """Return the code and name of each company and region in the user's scope, and of the unit itself."""
    if about is None or about.place is None or about.is_employee:
        return []
    top = scope() or places.place_by_id(about.place.ancestor_ids[0])
    regions = subjects.below(top, "region") if top.kind != "point" else []
    offered: list[Place | Subject] = [top, *regions, about.place]
    names = {place.code: place.named(locale_code()) for place in offered}
    return list(names.items()) if 1 < len(names) <= MOST_CHOICES else []


def offered_parts() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the channels and the languages by which figures can be filtered, as pairs of code and name."""
    channels, languages = parts.channels_and_languages()
    channel_choices = [(channel, channel_name(channel)) for channel in channels]
    return channel_choices, [(language, name_of(language_of(language))) for language in languages]


def _texts(versions: Sequence[Version]) -> dict[str, str]:
    """Return the names of questions, options and dimensions, by code, as the newest version words them."""
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
    """Return the address of ``endpoint`` with the filters of this page; without an endpoint, this page's."""
    dropped = ("by", "lang", "sort", "page", "at", "outcome", "q", "part", *changes)
    if endpoint is None:
        endpoint, values = str(request.endpoint), dict(request.view_args or {})
        dropped = ("lang", "page", "at", *changes)
    else:
        values = {"code": code}
    kept = {name: value for name, value in request.args.items() if name not in dropped}
    values_of_address: dict[str, Any] = {**values, **kept, **changes}
    return url_for(endpoint, **values_of_address)


def redirect_to_place() -> Response | None:
    """Redirect a request that names another unit in ``at`` to that unit's page, with the same filters.

    Return None for other requests, so that this can run before every request.
    """
    at = request.args.get("at")
    if not at or at == (request.view_args or {}).get("code"):
        return None
    endpoint = str(request.endpoint)
    target = address("indexes.place" if endpoint == "indexes.index" else endpoint, at)
    if wants_partial():
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target)
