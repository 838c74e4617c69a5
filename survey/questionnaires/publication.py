"""The use case "publish": a new version takes the place of the one before."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from survey.transaction import Session, retry_on_conflict, transaction

from . import queries
from .definition import Definition
from .models import Questionnaire, Version

LIBRARY = Path(__file__).parent / "library"


def library_document(name: str) -> dict[str, Any]:
    """The questionnaire ``name`` ("r5") of the library: its slug, title, questions and source."""
    return dict(json.loads((LIBRARY / f"{name}.json").read_text("utf-8")))


class OutdatedBase(ValueError):
    """Somebody published another version since the one that the new version was based on."""


def publish(
    slug: str, title: dict[str, str], document: dict[str, Any], today: date, based_on: int | None = None
) -> Version:
    """Publishes ``document`` as the next version of questionnaire ``slug``, made when there is none.

    The version before is superseded: pages that were opened with it may still be handed in. Raises
    Overtaken when the version published now is not number ``based_on``, if that is given.
    """
    Definition.parse(document)

    def add() -> Version:
        with transaction() as session:
            return add_version(session, slug, title, document, today, based_on)

    return retry_on_conflict(add)


def add_version(
    session: Session,
    slug: str,
    title: dict[str, str],
    document: dict[str, Any],
    today: date,
    based_on: int | None = None,
) -> Version:
    """publish() as a part of another use case's transaction."""
    questionnaire = queries.lock_questionnaire(slug)  # first of all, so that the rest reads what is there now
    if based_on is not None and based_on != queries.published_number(slug):
        raise OutdatedBase(f"version {based_on} of {slug} is no longer the published one")
    if questionnaire is None:
        questionnaire = Questionnaire(slug=slug, title=title)
        session.add(questionnaire)
        session.flush()
    before = queries.published(questionnaire.id)
    if before is not None:
        before.state = "superseded"
        session.flush()  # at no moment two are published
    version = Version(
        questionnaire=questionnaire,
        number=queries.last_number(questionnaire) + 1,
        state="published",
        document=document,
        published_on=today,
    )
    session.add(version)
    session.flush()
    return version


def retire(version_id: int) -> None:
    """Takes a version out of use: what was opened with it can no longer be handed in."""
    with transaction() as session:
        session.get_one(Version, version_id).state = "retired"
