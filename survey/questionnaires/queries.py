"""Queries of questionnaires and versions."""

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from survey.db import db

from .models import DraftStep, Questionnaire, Trial, Version


def questionnaire(slug: str) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).filter_by(slug=slug))


def version_made_with(form: str) -> Version | None:
    """Return the newest version of the questionnaire that was created with this form."""
    statement = select(Version).join(Version.questionnaire).where(Questionnaire.made_with == form)
    return db.session.scalar(statement.order_by(Version.number.desc()).limit(1))


def lock_questionnaire(slug: str) -> Questionnaire | None:
    """Return the questionnaire with its row locked against changes of its versions, or None.

    After waiting for the row a transaction reads what the other wrote (READ COMMITTED); on SQLite the
    transaction itself has waited. The lock does not block links that refer to the questionnaire.
    """
    locked = select(Questionnaire).filter_by(slug=slug).with_for_update(key_share=True)
    return db.session.scalar(locked)


def published_questionnaires() -> list[Questionnaire]:
    """Return the questionnaires that have a published version, by slug."""
    query = (
        select(Questionnaire).join(Version).where(Version.state == "published").order_by(Questionnaire.slug)
    )
    return list(db.session.scalars(query))


def questionnaires() -> list[Questionnaire]:
    return list(db.session.scalars(select(Questionnaire).order_by(Questionnaire.slug)))


def versions(questionnaire: Questionnaire) -> list[Version]:
    """Return all versions of the questionnaire, the newest first."""
    statement = select(Version).filter_by(questionnaire_id=questionnaire.id).order_by(Version.number.desc())
    return list(db.session.scalars(statement))


def answered_versions(questionnaire: Questionnaire) -> list[Version]:
    """Return the versions that were ever published, the newest first."""
    return [version for version in versions(questionnaire) if version.state != "draft"]


def published(questionnaire_id: int) -> Version | None:
    """Return the version that customers get now, or None."""
    statement = select(Version).filter_by(questionnaire_id=questionnaire_id, state="published")
    return db.session.scalar(statement)


def last_number(questionnaire: Questionnaire) -> int:
    statement = select(func.max(Version.number)).filter_by(questionnaire_id=questionnaire.id)
    return db.session.scalar(statement) or 0


def published_number(slug: str) -> int | None:
    """Return the number of the version that customers get now, or None."""
    statement = select(Version.number).join(Version.questionnaire)
    return db.session.scalar(statement.where(Questionnaire.slug == slug, Version.state == "published"))


def version(questionnaire: Questionnaire, number: int) -> Version | None:
    return db.session.scalar(select(Version).filter_by(questionnaire_id=questionnaire.id, number=number))


def draft(questionnaire_id: int) -> Version | None:
    """Return the draft of the questionnaire, or None; it has at most one."""
    return db.session.scalar(select(Version).filter_by(questionnaire_id=questionnaire_id, state="draft"))


def lock_draft(version_id: int) -> Version | None:
    """Return the draft with its row locked; None when the version is no longer a draft."""
    statement = select(Version).filter_by(id=version_id, state="draft").with_for_update()
    return db.session.scalar(statement.execution_options(populate_existing=True))


def last_step(version_id: int) -> DraftStep | None:
    statement = (
        select(DraftStep).filter_by(version_id=version_id).order_by(DraftStep.revision.desc()).limit(1)
    )
    return db.session.scalar(statement)


def step_made_with(version_id: int, form: str) -> DraftStep | None:
    return db.session.scalar(select(DraftStep).filter_by(version_id=version_id, made_with=form))


def delete_steps(version_id: int, before: int) -> None:
    """Delete the steps of revisions below ``before``."""
    db.session.execute(
        delete(DraftStep).where(DraftStep.version_id == version_id, DraftStep.revision < before)
    )


def delete_draft(version_id: int) -> None:
    """Delete a draft with its steps and its test responses."""
    for table in (DraftStep, Trial):
        db.session.execute(delete(table).where(table.version_id == version_id))
    db.session.execute(delete(Version).where(Version.id == version_id, Version.state == "draft"))


def delete_questionnaire(questionnaire_id: int) -> bool:
    """Delete a questionnaire that has no version left; return False when links lead to it, which keep it."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Questionnaire).where(Questionnaire.id == questionnaire_id))
    except IntegrityError:
        return False
    return True


def trials(version_id: int) -> list[Trial]:
    """Return the test responses of a version, the newest first."""
    return list(db.session.scalars(select(Trial).filter_by(version_id=version_id).order_by(Trial.id.desc())))


def delete_trials(version_id: int, trial_id: int | None = None) -> None:
    """Delete the test responses of a version, or one of them."""
    statement = delete(Trial).where(Trial.version_id == version_id)
    db.session.execute(statement if trial_id is None else statement.where(Trial.id == trial_id))


def version_by_id(version_id: int) -> Version:
    return db.session.get_one(Version, version_id)
