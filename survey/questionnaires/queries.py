"""Questionnaires and versions, found."""

from sqlalchemy import func, select

from survey.db import db

from .models import Questionnaire, Version


def questionnaire(slug: str) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).filter_by(slug=slug))


def to_be_changed(slug: str) -> Questionnaire | None:
    """The questionnaire, after waiting until nobody else is changing its versions.

    Whoever waited for the row reads what the other wrote (READ COMMITTED); on SQLite the transaction itself
    has waited. Links that refer to the questionnaire are not held up.
    """
    locked = select(Questionnaire).filter_by(slug=slug).with_for_update(key_share=True)
    return db.session.scalar(locked)


def questionnaires() -> list[Questionnaire]:
    return list(db.session.scalars(select(Questionnaire).order_by(Questionnaire.slug)))


def versions(questionnaire: Questionnaire) -> list[Version]:
    """All of its versions, the newest first."""
    statement = select(Version).filter_by(questionnaire_id=questionnaire.id).order_by(Version.number.desc())
    return list(db.session.scalars(statement))


def published(questionnaire_id: int) -> Version | None:
    """The version customers get now."""
    statement = select(Version).filter_by(questionnaire_id=questionnaire_id, state="published")
    return db.session.scalar(statement)


def last_number(questionnaire: Questionnaire) -> int:
    statement = select(func.max(Version.number)).filter_by(questionnaire_id=questionnaire.id)
    return db.session.scalar(statement) or 0


def published_number(slug: str) -> int | None:
    """The number of the version that customers get now; None when there is none."""
    statement = select(Version.number).join(Version.questionnaire)
    return db.session.scalar(statement.where(Questionnaire.slug == slug, Version.state == "published"))


def version(questionnaire: Questionnaire, number: int) -> Version | None:
    return db.session.scalar(select(Version).filter_by(questionnaire_id=questionnaire.id, number=number))


def version_by_id(version_id: int) -> Version:
    return db.session.get_one(Version, version_id)
