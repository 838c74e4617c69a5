"""The use cases of a link in use: what an answer earns, retiring it and taking it back into use."""

from datetime import date

from survey.transaction import transaction

from .models import Link


def change_terms(link: Link, points: int, campaign: str) -> None:
    """From now on each response through ``link`` earns ``points`` within ``campaign``."""
    with transaction() as session:
        kept = session.get_one(Link, link.id)
        kept.points, kept.campaign = points, campaign


def retire(link: Link, today: date) -> None:
    """Customers who open ``link`` are told that it is no longer used. Retired already: keeps its day."""
    with transaction() as session:
        kept = session.get_one(Link, link.id)
        kept.retired_on = kept.retired_on or today


def restore(link: Link) -> None:
    """Takes a retired link back into use, at its old address: posters that still hang work again."""
    with transaction() as session:
        session.get_one(Link, link.id).retired_on = None
