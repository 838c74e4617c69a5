"""The use case "make a monthly report": all figures of one place and month, as they may be shown, at one
moment of the database. Plain values: pdf.py and workbook.py write them."""

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

from .words import words

DAY = timedelta(1)


@dataclass(frozen=True)
class Section:
    """A region, with its service points among all of the report: those ``ranked``, and the ``few`` of whom
    too little is known. ``about`` is None for the service points outside the regions."""

    about: Subject | None
    glance: Glance | None
    trend: Trend | None
    ranked: Sequence[Ranked]
    few: Sequence[Subject]


@dataclass(frozen=True)
class Monthly:
    """``about`` is the place of that ``kind``; ``month`` the first day. ``regions`` compares them, ``points``
    all service points (None at one). ``texts``: what questions and dimensions are called, by code;
    ``low_is_best``: the questions whose lowest answer is the best. ``weights``: where figures have some."""

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

    def named(self, subject: Subject) -> str:
        return subject.named(self.language)

    def asked(self, code: str) -> str:
        """The words of a question."""
        return self.texts.get(f"question {code}", code)

    @property
    def is_weighted(self) -> bool:
        return self.weights is not None and not self.weights.contradicted

    @property
    def answered(self) -> Measures:
        """The figures as answered, whose numbers are those of customers."""
        return self.glance.answered or self.glance.now

    def given(self, code: str) -> int | None:
        """How many answered a question; None where it is withheld."""
        return next((one.n for one in self.answered.questions if one.code == code), None)

    def dimension(self, name: str) -> str:
        """What a dimension is called; where questions have none, each is one."""
        return self.texts.get(name) or self.asked(name)


def make(
    place: Place,
    questionnaire: Questionnaire,
    start: date,
    language: str,
    progress: Callable[[int], None] = lambda _points: None,
    weighted: bool = False,
) -> Monthly:
    """The report of the month that begins on ``start``; tells ``progress`` how many service points were
    read. ``weighted``: by the customers that are known for the month; as answered where none are."""
    period = Period(month(start), next_month(start) - DAY)
    with snapshot():
        scheme = scheme_in_force(period.last) if weighted else None
        versions = questionnaires.answered_versions(questionnaire)
        query = FigureQuery(versions, period, weighing=Weighing(scheme) if scheme else None)
        about = subjects.of_place(place)
        regions = _regions(place)
        listed = [subject for points in regions.values() for subject in points]
        ranking = rank(query, listed) if listed else None
        named = [region for region in regions if region != place]
        sections = []
        if named and ranking:
            for region, points in regions.items():
                shown = None if region == place else subjects.of_place(region)
                sections.append(_section(query, shown, points, ranking))
                progress(len(points))
        found = Monthly(
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
            regions=rank(query, [subjects.of_place(one) for one in named]) if named else None,
            points=ranking,
            sections=sections,
            texts=_texts(versions, language),
            low_is_best=frozenset(
                q.code for v in versions for q in v.definition.questions if q.best == "low"
            ),
            weights=representativeness(query, about.key),
        )
    progress(0 if sections else max(1, len(listed)))
    return found


def _regions(top: Place) -> dict[Place, list[Subject]]:
    """Service points by the place right above them, both by code; none for a service point."""
    if top.kind == "point":
        return {}
    points = places.subtree(top, "point")
    above = {one.id: one for kind in ("group", "region") for one in places.subtree(top, kind)}
    found: dict[Place, list[Subject]] = {}
    for point in points:
        found.setdefault(above[point.parent_id or 0], []).append(subjects.of_place(point))
    return dict(sorted(found.items(), key=lambda one: (one[0] == top, one[0].code)))


def _section(
    query: FigureQuery, about: Subject | None, points: Sequence[Subject], ranking: SubjectRanking
) -> Section:
    mine = set(points)
    return Section(
        about,
        glance(query, about.key) if about else None,
        follow(query, about.key) if about else None,
        [one for one in ranking.ranked if one.subject in mine],
        [one for one in ranking.few if one in mine],
    )


def _texts(versions: Sequence[Version], language: str) -> dict[str, str]:
    """In the words of the newest version that asks it."""
    texts = dict(words(language).dimensions)
    for version in reversed(versions):
        for question in version.definition.questions:
            texts[f"question {question.code}"] = question.text(language) or question.code
    return texts
