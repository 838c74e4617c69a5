"""The use cases of a link in use: retiring it and taking it back into use."""

from datetime import date

from survey.transaction import transaction

from .models import Link


def retire(link: Link, today: date) -> None:
    """Customers who open ``link`` are told that it is no longer used. Retired already: keeps its day."""
    with transaction() as session:
        kept = session.get_one(Link, link.id)
        kept.retired_on = kept.retired_on or today


def restore(link: Link) -> None:
    """Takes a retired link back into use, at its old address: posters that still hang work again."""
    with transaction() as session:
        session.get_one(Link, link.id).retired_on = None
