"""``huiyin indexes``: the figures of every place, for the administrator and for other programs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import click
from flask.cli import with_appcontext

from survey import settings
from survey.indexes import reading
from survey.indexes.queries import questionnaires as answered
from survey.indexes.rules.figures import figures as figures_of
from survey.periods import Period
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.tallies.queries import subjects
from survey.tallies.queries.subjects import Subject
from survey.tallies.reading import pool_of
from survey.tallies.selection import Selection
from survey.transaction import snapshot
from survey.weighting.population_totals import scheme_in_force
from survey.weighting.rules.effective_counts import effective_rows
from survey.weighting.weighting import Weighing

from .indexes_output import FORMATS, FigureLine

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("indexes")
def indexes() -> None:
    """What customers think: satisfaction indexes and NPS."""


@indexes.command("show")
@click.option("--questionnaire", "slug", metavar="SLUG", help="Default: the one with most answers.")
@click.option(
    "--by", type=click.Choice(["group", "region", "point", "employee"]), default="point", show_default=True
)
@click.option("--place", "code", metavar="CODE", help="Only what lies below this place.")
@click.option("--from", "first", type=DAY, help="First day, as 2026-11-02.")
@click.option("--to", "last", type=DAY, help="Last day.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True)
@click.option("--public", is_flag=True, help="Only what pages show: whole batches.")
@click.option("--weighted", is_flag=True, help="Count by known customers; only what pages may show.")
@with_appcontext
def show(
    slug: str | None,
    by: str,
    code: str | None,
    first: datetime | None,
    last: datetime | None,
    form: str,
    public: bool,
    weighted: bool,
) -> None:
    """Print n, index, scores and NPS of each place."""
    period = _period(first.date() if first else None, last.date() if last else None)
    weighing = _weighing(period) if weighted else None
    with snapshot():
        tops = _tops(code)
        versions = questionnaires.answered_versions(choose_questionnaire(slug))
        selection = Selection(versions, period)
        lines: list[FigureLine] = []
        for top in tops:
            chosen_subjects = subjects.employees(top) if by == "employee" else subjects.below(top, by)
            if weighing:
                lines += _weighted_lines(weighing, selection, chosen_subjects)
                continue
            subject_keys = [subject.key for subject in chosen_subjects]
            counts = (
                reading.released_counts(selection, subject_keys)
                if public
                else reading.exact_counts(versions, period, top.path, subject_keys)
            )
            lines += [
                FigureLine(subject.code, subject.name, subject.at, figures)
                for subject, figures in zip(chosen_subjects, counts.figures(subject_keys), strict=True)
            ]
        click.echo(FORMATS[form](lines), nl=False)


def _weighing(period: Period) -> Weighing:
    scheme = scheme_in_force(min(period.last, settings.current().today()))
    if scheme is None:
        raise click.UsageError("There are no totals of customers: import some on the page Weights.")
    click.echo(f"Weighted by the totals since {scheme.month:%Y-%m}", err=True)
    return Weighing(scheme)


def _weighted_lines(
    weighing: Weighing, selection: Selection, chosen_subjects: Sequence[Subject]
) -> list[FigureLine]:
    """Return the figures of effective counts; n is the number of respondents."""
    pool, least = pool_of(selection.versions), settings.current().minimum_group
    sums = weighing.sums(pool, selection, [subject.key for subject in chosen_subjects])
    if weighing.raked_weights(selection) is None and any(respondents.n for respondents in sums):
        click.echo("Not weighted: the totals contradict the answers", err=True)
    weighted = figures_of(pool, effective_rows(pool, sums), least)
    return [
        FigureLine(
            subject.code, subject.name, subject.at, replace(figures, n=respondents.n), respondents.effective_n
        )
        for subject, respondents, figures in zip(chosen_subjects, sums, weighted, strict=True)
    ]


def _period(first: date | None, last: date | None) -> Period:
    period = Period(first or Period.first, last or Period.last)
    if period.last < period.first:
        raise click.BadParameter("it is before --from", param_hint="--to")
    return period


def _tops(code: str | None) -> list[Place]:
    if code is None:
        return places.roots()
    place = places.place(code)
    if place is None:
        raise click.BadParameter(f"there is no place {code!r}", param_hint="--place")
    return [place]


def choose_questionnaire(slug: str | None) -> Questionnaire:
    """Return the questionnaire named ``slug``, or without a name the one with most responses."""
    known = questionnaires.questionnaires()
    if slug is not None:
        for questionnaire in known:
            if questionnaire.slug == slug:
                return questionnaire
        names = ", ".join(questionnaire.slug for questionnaire in known) or "none"
        raise click.BadParameter(f"there is no {slug!r}; there are: {names}", param_hint="--questionnaire")
    if not known:
        raise click.UsageError("There is no questionnaire yet.")
    answers = answered.respondents_by_questionnaire()
    chosen = max(known, key=lambda questionnaire: answers.get(questionnaire.id, 0))
    click.echo(f"Questionnaire: {chosen.slug}", err=True)
    return chosen
