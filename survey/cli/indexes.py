"""``flask indexes``: the figures of every place, for the administrator and for other programs."""

from datetime import date, datetime

import click
from flask.cli import with_appcontext

from survey.indexes import reading
from survey.indexes.queries import questionnaires as answered
from survey.indexes.queries import subjects
from survey.indexes.rules.periods import Period
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.transaction import snapshot

from .indexes_output import FORMATS, Line

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
@click.option("--public", is_flag=True, help="Only what pages may show: groups of k answers or more.")
@with_appcontext
def show(
    slug: str | None,
    by: str,
    code: str | None,
    first: datetime | None,
    last: datetime | None,
    form: str,
    public: bool,
) -> None:
    """Print n, index, scores and NPS of each place."""
    period = _period(first.date() if first else None, last.date() if last else None)
    if public:
        reading.catch_up()
    with snapshot():
        tops = _tops(code)
        versions = questionnaires.answered_versions(chosen_questionnaire(slug))
        lines: list[Line] = []
        for top in tops:
            found = subjects.employees(top) if by == "employee" else subjects.below(top, by)
            targets = [one.target for one in found]
            counts = (
                reading.released(versions, period, targets)
                if public
                else reading.exact(versions, period, top.path, targets)
            )
            lines += [Line(one.code, one.name, one.at, counts.figures(one.target)) for one in found]
        click.echo(FORMATS[form](lines), nl=False)


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


def chosen_questionnaire(slug: str | None) -> Questionnaire:
    """The one named, or else the one with most answers."""
    known = questionnaires.questionnaires()
    if slug is not None:
        for one in known:
            if one.slug == slug:
                return one
        names = ", ".join(one.slug for one in known) or "none"
        raise click.BadParameter(f"there is no {slug!r}; there are: {names}", param_hint="--questionnaire")
    if not known:
        raise click.UsageError("There is no questionnaire yet.")
    answers = answered.answers()
    chosen = max(known, key=lambda one: answers.get(one.id, 0))
    click.echo(f"Questionnaire: {chosen.slug}", err=True)
    return chosen
