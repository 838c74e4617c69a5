"""The use case "choose the language of my screens"."""

from survey.transaction import transaction

from .models import Staff


def prefer_locale(person: Staff, locale: str) -> None:
    """Remembers ``locale``, a key of i18n.LOCALES, for when ``person`` signs in elsewhere."""
    with transaction():
        person.locale = locale
