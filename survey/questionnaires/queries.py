"""Questionnaires and versions, found."""

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from survey.db import db

from .models import DraftStep, Questionnaire, Trial, Version


def questionnaire(slug: str) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).filter_by(slug=slug))


def version_made_with(form: str) -> Version | None:
    """The newest version of the questionnaire that was made with this form."""
    statement = select(Version).join(Version.questionnaire).where(Questionnaire.made_with == form)
    return db.session.scalar(statement.order_by(Version.number.desc()).limit(1))


def lock_questionnaire(slug: str) -> Questionnaire | None:
    """The questionnaire, after waiting until nobody else is changing its versions.

    Whoever waited for the row reads what the other wrote (READ COMMITTED); on SQLite the transaction itself
    has waited. Links that refer to the questionnaire are not held up.
    """
    locked = select(Questionnaire).filter_by(slug=slug).with_for_update(key_share=True)
    return db.session.scalar(locked)


def published_questionnaires() -> list[Questionnaire]:
    """Those of which a version is published."""
    query = (
        select(Questionnaire).join(Version).where(Version.state == "published").order_by(Questionnaire.slug)
    )
    return list(db.session.scalars(query))


def questionnaires() -> list[Questionnaire]:
    return list(db.session.scalars(select(Questionnaire).order_by(Questionnaire.slug)))


def versions(questionnaire: Questionnaire) -> list[Version]:
    """All of its versions, the newest first."""
    statement = select(Version).filter_by(questionnaire_id=questionnaire.id).order_by(Version.number.desc())
    return list(db.session.scalars(statement))


def answered_versions(questionnaire: Questionnaire) -> list[Version]:
    """Those that customers get or got, the newest first: no draft."""
    return [version for version in versions(questionnaire) if version.state != "draft"]


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


def draft(questionnaire_id: int) -> Version | None:
    """The version that is being made: at most one."""
    return db.session.scalar(select(Version).filter_by(questionnaire_id=questionnaire_id, state="draft"))


def lock_draft(version_id: int) -> Version | None:
    """The draft, after waiting until nobody else is changing it; None when it is no draft any more."""
    statement = select(Version).filter_by(id=version_id, state="draft").with_for_update()
    return db.session.scalar(statement.execution_options(populate_existing=True))


def last_step(version_id: int) -> DraftStep | None:
    statement = (
        select(DraftStep).filter_by(version_id=version_id).order_by(DraftStep.revision.desc()).limit(1)
    )
    return db.session.scalar(statement)


def step_made_with(version_id: int, form: str) -> DraftStep | None:
    return db.session.scalar(select(DraftStep).filter_by(version_id=version_id, made_with=form))


def forget_steps(version_id: int, before: int) -> None:
    """Forgets the steps of revisions below ``before``."""
    db.session.execute(
        delete(DraftStep).where(DraftStep.version_id == version_id, DraftStep.revision < before)
    )


def forget_draft(version_id: int) -> None:
    """Removes a draft with its steps and its test answers."""
    for table in (DraftStep, Trial):
        db.session.execute(delete(table).where(table.version_id == version_id))
    db.session.execute(delete(Version).where(Version.id == version_id, Version.state == "draft"))


def forget_questionnaire(questionnaire_id: int) -> bool:
    """Removes a questionnaire that has no version left; False when links lead to it, which keep it."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Questionnaire).where(Questionnaire.id == questionnaire_id))
    except IntegrityError:
        return False
    return True


def trials(version_id: int) -> list[Trial]:
    """The test answers of a version, the newest first."""
    return list(db.session.scalars(select(Trial).filter_by(version_id=version_id).order_by(Trial.id.desc())))


def forget_trials(version_id: int, trial_id: int | None = None) -> None:
    """Removes the test answers of a version, or one of them."""
    statement = delete(Trial).where(Trial.version_id == version_id)
    db.session.execute(statement if trial_id is None else statement.where(Trial.id == trial_id))


def version_by_id(version_id: int) -> Version:
    return db.session.get_one(Version, version_id)
