"""The use case "choose the language of my screens"."""

from survey.transaction import transaction

from .models import Staff


def prefer_locale(person: Staff, locale: str) -> None:
    """Store ``locale``, a key of i18n.LOCALES, for the next sign-in of ``person``."""
    with transaction():
        person.locale = locale
