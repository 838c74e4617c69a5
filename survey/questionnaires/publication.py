"""The use case "publish": a new version replaces the previous one."""

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
    """Return the document of the questionnaire ``name`` ("r5") of the library."""
    return dict(json.loads((LIBRARY / f"{name}.json").read_text("utf-8")))


class OutdatedBase(ValueError):
    """Another version was published after the one that the new version is based on."""


def publish(
    slug: str, title: dict[str, str], document: dict[str, Any], today: date, based_on: int | None = None
) -> Version:
    """Publish ``document`` as the next version of the questionnaire ``slug``, which is created if need be.

    The previous version is superseded: pages that were opened with it may still be submitted. Raises
    OutdatedBase when ``based_on`` is given and is not the number of the version published now.
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
    """Do what publish() does, as a part of another use case's transaction."""
    questionnaire = queries.lock_questionnaire(slug)  # before all else, so that the rest reads current rows
    if based_on is not None and based_on != queries.published_number(slug):
        raise OutdatedBase(f"version {based_on} of {slug} is no longer the published one")
    if questionnaire is None:
        questionnaire = Questionnaire(slug=slug, title=title)
        session.add(questionnaire)
        session.flush()
    before = queries.published(questionnaire.id)
    if before is not None:
        before.state = "superseded"
        session.flush()  # at no time may two be published
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
    """Retire a version: pages that were opened with it can no longer be submitted."""
    with transaction() as session:
        session.get_one(Version, version_id).state = "retired"
