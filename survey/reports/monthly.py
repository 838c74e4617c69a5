"""The use case "make a monthly report": all released figures of a place and month, from a single snapshot of
the database. It returns plain values; pdf.py and workbook.py make files of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey import settings
from survey.i18n import text_of
from survey.indexes.drivers import Drivers, explain
from survey.indexes.overview import Glance, glance
from survey.indexes.ranking import Ranked, SubjectRanking, rank
from survey.indexes.rules.measures import Measures
from survey.indexes.trend import Trend, follow
from survey.periods import Period, month, next_month
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire, Version
from survey.tallies.queries import subjects
from survey.tallies.queries.subjects import Subject
from survey.transaction import snapshot
from survey.weighting.figure_query import FigureQuery
from survey.weighting.population_totals import scheme_in_force
from survey.weighting.representativeness import Representativeness, representativeness
from survey.weighting.weighting import Weighing

from .words import load_words

DAY = timedelta(1)


@dataclass(frozen=True)
class Section:
    """A region, with its service points as ranked among all of the report: those ``ranked``, and the ``few``
    with too few responses. ``about`` is None for the service points outside the regions."""

    about: Subject | None
    glance: Glance | None
    trend: Trend | None
    ranked: Sequence[Ranked]
    few: Sequence[Subject]


@dataclass(frozen=True)
class MonthlyReport:
    """The values of a monthly report. ``about`` is the place, of that ``kind``; ``month`` is its first day.
    ``regions`` ranks the regions and ``points`` all service points (None for a single point). ``texts`` holds
    the names of questions and dimensions, by code; ``low_is_best`` the questions whose lowest answer is the
    best. ``weights`` describes the weighting, or is None where figures are not weighted."""

    about: Subject
    kind: str
    month: date
    made: date
    language: str
    title: str
    k: int
    glance: Glance
    trend: Trend
    drivers: Drivers
    regions: SubjectRanking | None
    points: SubjectRanking | None
    sections: Sequence[Section]
    texts: Mapping[str, str]
    low_is_best: frozenset[str]
    weights: Representativeness | None = None

    def name_of(self, subject: Subject) -> str:
        return subject.named(self.language)

    def question_text(self, code: str) -> str:
        """Return the text of a question, or its code where there is none."""
        return self.texts.get(f"question {code}", code)

    @property
    def is_weighted(self) -> bool:
        return self.weights is not None and not self.weights.contradicted

    @property
    def unweighted(self) -> Measures:
        """Return the figures as answered, whose counts are numbers of customers."""
        return self.glance.answered or self.glance.now

    def answer_count(self, code: str) -> int | None:
        """Return how many answered a question; None where that is withheld."""
        return next((question.n for question in self.unweighted.questions if question.code == code), None)

    def dimension_name(self, name: str) -> str:
        """Return the name of a dimension; where questions have no dimension, each is one by itself."""
        return self.texts.get(name) or self.question_text(name)


def make_report(
    place: Place,
    questionnaire: Questionnaire,
    start: date,
    language: str,
    progress: Callable[[int], None] = lambda _points: None,
    weighted: bool = False,
) -> MonthlyReport:
    """Return the report of the month that begins on ``start``, and call ``progress`` with the number of
    service points as they are read. ``weighted`` weights by the customer totals in force in the month; where
    there are none, figures are as answered."""
    period = Period(month(start), next_month(start) - DAY)
    with snapshot():
        scheme = scheme_in_force(period.last) if weighted else None
        versions = questionnaires.answered_versions(questionnaire)
        query = FigureQuery(versions, period, weighing=Weighing(scheme) if scheme else None)
        about = subjects.of_place(place)
        regions = _regions(place)
        all_points = [subject for points in regions.values() for subject in points]
        ranking = rank(query, all_points) if all_points else None
        proper_regions = [region for region in regions if region != place]
        sections = []
        if proper_regions and ranking:
            for region, points in regions.items():
                region_subject = None if region == place else subjects.of_place(region)
                sections.append(_section(query, region_subject, points, ranking))
                progress(len(points))
        report = MonthlyReport(
            about=about,
            kind=place.kind,
            month=period.first,
            made=settings.current().today(),
            language=language,
            title=text_of(questionnaire.title, language),
            k=settings.current().minimum_group,
            glance=glance(query, about.key),
            trend=follow(query, about.key),
            drivers=explain(query, about.key),
            regions=rank(query, [subjects.of_place(proper_region) for proper_region in proper_regions])
            if proper_regions
            else None,
            points=ranking,
            sections=sections,
            texts=_texts(versions, language),
            low_is_best=frozenset(
                q.code for v in versions for q in v.definition.questions if q.best == "low"
            ),
            weights=representativeness(query, about.key),
        )
    progress(0 if sections else max(1, len(all_points)))
    return report


def _regions(top: Place) -> dict[Place, list[Subject]]:
    """Return the service points by their parent place, both by code; none for a service point."""
    if top.kind == "point":
        return {}
    points = places.subtree(top, "point")
    parents = {place.id: place for kind in ("group", "region") for place in places.subtree(top, kind)}
    points_by_region: dict[Place, list[Subject]] = {}
    for point in points:
        points_by_region.setdefault(parents[point.parent_id or 0], []).append(subjects.of_place(point))
    return dict(
        sorted(
            points_by_region.items(),
            key=lambda region_points: (region_points[0] == top, region_points[0].code),
        )
    )


def _section(
    query: FigureQuery, about: Subject | None, points: Sequence[Subject], ranking: SubjectRanking
) -> Section:
    own_points = set(points)
    return Section(
        about,
        glance(query, about.key) if about else None,
        follow(query, about.key) if about else None,
        [ranked for ranked in ranking.ranked if ranked.subject in own_points],
        [subject for subject in ranking.few if subject in own_points],
    )


def _texts(versions: Sequence[Version], language: str) -> dict[str, str]:
    """Return the names of dimensions and the texts of questions, each from the newest version that has it."""
    texts = dict(load_words(language).dimensions)
    for version in reversed(versions):
        for question in version.definition.questions:
            texts[f"question {question.code}"] = question.text(language) or question.code
    return texts
