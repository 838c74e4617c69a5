"""The use cases around a draft: begin it, change it, undo, publish, throw away."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

from survey.transaction import Session, retry_on_conflict, transaction

from . import queries
from .definition import DEFAULT_LANGUAGES, Document
from .models import DraftStep, Questionnaire, Trial, Version
from .rules.checking import DocumentProblem, problems

STEPS_KEPT = 30

Edit = Callable[[Document], Document]
"""Makes the changed document of a copy it may keep (see rules/editing.py); may raise Conflict."""


class Conflict(ValueError):
    """Somebody else changed the same thing meanwhile: nothing was changed now. The text says what."""


class UnfinishedDraft(ValueError):
    """The draft cannot be published yet: ``problems`` say why."""

    def __init__(self, found: list[DocumentProblem]) -> None:
        super().__init__(f"{len(found)} problems")
        self.problems = found


class SlugTaken(ValueError):
    """A questionnaire with this slug is there already."""


def create(slug: str, document: Document, made_with: str | None = None) -> Version:
    """A new questionnaire, with ``document`` as the draft of its first version. Raises SlugTaken.

    ``made_with`` names the form that asks for it: the questionnaire that it has made already is given back.
    """

    def add() -> Version:
        with transaction() as session:
            taken = queries.questionnaire(slug) is not None
            there = (
                queries.version_made_with(made_with) if made_with else None
            )  # after: it was written with the slug
            if there is not None:
                return there
            if taken:
                raise SlugTaken(slug)
            questionnaire = Questionnaire(slug=slug, title=document["title"], made_with=made_with)
            session.add(questionnaire)
            session.flush()
            return _add_draft(session, questionnaire, document)

    return retry_on_conflict(add)


def begin(slug: str, document: Document | None = None) -> Version:
    """The draft of an existing questionnaire, begun when there is none: from the version published now, or
    from ``document``. Raises Conflict when ``document`` is given and a draft is there already."""

    def take() -> Version:
        with transaction() as session:
            questionnaire = queries.lock_questionnaire(slug)
            if questionnaire is None:
                raise LookupError(slug)
            there = queries.draft(questionnaire.id)
            if there is not None:
                if document is not None:
                    raise Conflict("draft")
                return there
            newest = queries.published(questionnaire.id) or queries.versions(questionnaire)[0]
            title = {"title": questionnaire.title}
            return _add_draft(session, questionnaire, document or title | deepcopy(newest.document))

    return retry_on_conflict(take)


def _add_draft(session: Session, questionnaire: Questionnaire, document: Document) -> Version:
    number = queries.last_number(questionnaire) + 1
    complete = {"languages": list(DEFAULT_LANGUAGES)} | document
    draft = Version(questionnaire=questionnaire, number=number, state="draft", document=complete)
    session.add(draft)
    session.flush()
    return draft


def change(
    version_id: int,
    said: str | Callable[[], str],
    edit: Edit,
    revision: int | None = None,
    made_with: str | None = None,
) -> Version:
    """Makes one change to a draft, to be undone by undo(). ``said`` names it, or does when it is made.
    What the form ``made_with`` has made already is not made again.

    Changes to different questions do not disturb each other: ``edit`` itself raises Conflict when what it
    changes is no longer as it was seen. With ``revision`` any other change since then is a conflict.
    """
    with transaction() as session:
        draft = _lock_draft(version_id, revision)
        if made_with and queries.step_made_with(draft.id, made_with):
            return draft
        before = draft.document
        document = edit(deepcopy(before))
        if document != before:
            draft.revision += 1
            draft.document = document
            step = DraftStep(
                version_id=draft.id, revision=draft.revision, made_with=made_with, document=before
            )
            step.said = said if isinstance(said, str) else said()
            session.add(step)
            queries.forget_steps(draft.id, draft.revision - STEPS_KEPT + 1)
        return draft


def undo(version_id: int, revision: int) -> Version:
    """Takes back the last change, when ``revision`` is still the newest. Raises Conflict."""
    with transaction() as session:
        draft = _lock_draft(version_id, revision)
        step = queries.last_step(draft.id)
        if step is not None:
            draft.document = step.document
            draft.revision += 1
            session.delete(step)
        return draft


def discard(version_id: int) -> bool:
    """Throws a draft away. What was published stays; a questionnaire that was nothing but this draft goes
    with it. True when it went. Raises Conflict: "linked" where links lead to what would go."""
    with transaction():
        draft = _lock_draft(version_id, None)
        alone = queries.last_number(draft.questionnaire) == 1
        queries.forget_draft(draft.id)
        if alone and not queries.forget_questionnaire(draft.questionnaire_id):
            raise Conflict("linked")
        return alone


def publish(version_id: int, revision: int, today: date) -> Version:
    """Publishes a draft as seen at ``revision``: it never changes again. Raises Conflict, Unfinished."""
    # Looked through before anybody has to wait; with another revision nothing of it counts.
    found = problems(queries.version_by_id(version_id).document)
    if found:
        raise UnfinishedDraft(found)

    def put() -> Version:
        with transaction() as session:
            draft = _lock_draft(version_id, revision)
            questionnaire = queries.lock_questionnaire(draft.questionnaire.slug)
            before = queries.published(draft.questionnaire_id)
            if before is not None:
                before.state = "superseded"
                session.flush()  # at no moment two are published
            draft.state = "published"
            draft.published_on = today
            if questionnaire is not None:
                questionnaire.title = draft.document.get("title", questionnaire.title)
            queries.forget_steps(draft.id, draft.revision + 1)
            queries.forget_trials(draft.id)
            return draft

    return retry_on_conflict(put)


def add_trial(version_id: int, language: str, answers: dict[str, Any], today: date) -> Trial:
    """Keeps a test answer, which nothing counts. Raises Conflict when there is no such draft any more."""
    with transaction() as session:
        draft = _lock_draft(version_id, None)
        trial = Trial(version_id=draft.id, language=language, answers=answers, made_on=today)
        session.add(trial)
        return trial


def forget_trials(version_id: int, trial_id: int | None = None) -> None:
    """Removes all test answers of a draft, or one of them. Publishing does so too."""
    with transaction():
        queries.forget_trials(version_id, trial_id)


def _lock_draft(version_id: int, revision: int | None) -> Version:
    draft = queries.lock_draft(version_id)
    if draft is None:
        raise Conflict("published")
    if revision is not None and revision != draft.revision:
        raise Conflict("changed")
    return draft
