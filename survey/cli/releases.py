"""``huiyin releases``: which service points have their responses counted."""

import click
from flask.cli import with_appcontext

from survey import settings
from survey.batches.opening import open_queues
from survey.places import queries as places
from survey.places.models import Place
from survey.tallies.queries import openings


@click.group("releases")
def releases() -> None:
    """The batches in which responses are counted."""


@releases.command("open")
@click.argument("codes", nargs=-1, metavar="[PLACE …]")
@click.option("--all", "everywhere", is_flag=True, help="All service points that wait for being opened.")
@click.option("--questionnaire", metavar="SLUG", help="Only this questionnaire.")
@click.option("--expected", type=click.FloatRange(min=0), default=0, help="Responses per day at each.")
@with_appcontext
def open_places(codes: tuple[str, ...], everywhere: bool, questionnaire: str | None, expected: float) -> None:
    """Open service points, or all below PLACE, so that their responses are counted.

    Opens those that have a link in use or responses that wait. Nothing of a service point is counted before.
    """
    if everywhere == bool(codes):
        raise click.UsageError("Name places, or --all.")
    tops = [_place(code) for code in codes]
    chosen = [
        (point.place.id, point.questionnaire.id)
        for point in openings.to_open()
        if everywhere or any(top.contains(point.place) for top in tops)
        if questionnaire is None or point.questionnaire.slug == questionnaire
    ]
    number = open_queues(chosen, settings.current().today(), expected)
    click.echo(f"{number:,} service points opened.")


def _place(code: str) -> Place:
    place = places.place(code)
    if place is None:
        raise click.ClickException(f"There is no place {code}.")
    return place
