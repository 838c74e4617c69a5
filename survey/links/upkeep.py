"""The use cases of a link in use: retiring it and taking it back into use."""

from datetime import date

from survey.transaction import transaction

from .models import Link


def retire(link: Link, today: date) -> None:
    """Retire a link; one that is retired already keeps its day. Customers who open it see a notice."""
    with transaction() as session:
        stored = session.get_one(Link, link.id)
        stored.retired_on = stored.retired_on or today


def restore(link: Link) -> None:
    """Take a retired link back into use at its old address, so that its posters work again."""
    with transaction() as session:
        session.get_one(Link, link.id).retired_on = None
