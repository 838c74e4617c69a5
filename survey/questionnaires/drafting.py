"""The use cases of a draft: begin, change, undo, publish and discard."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

from survey.transaction import Session, retry_on_conflict, transaction

from . import queries
from .definition import DEFAULT_LANGUAGES, Document
from .models import DraftStep, Questionnaire, Trial, Version
from .rules.checking import DocumentProblem, problems
from .rules.withholding import lifted_codes

STEPS_KEPT = 30

Edit = Callable[[Document], Document]
"""A function that returns the changed document; it may modify its argument, which is a copy.

See rules/editing.py. It may raise Conflict.
"""


class Conflict(ValueError):
    """Somebody else changed the same part concurrently; nothing was changed now. The text names the part."""


class UnfinishedDraft(ValueError):
    """The draft cannot be published yet, because of ``problems``."""

    def __init__(self, document_problems: list[DocumentProblem]) -> None:
        super().__init__(f"{len(document_problems)} problems")
        self.problems = document_problems


class LiftsWithheld(ValueError):
    """The draft shows results of questions, with these ``codes``, that were withheld from the assessed."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class SlugTaken(ValueError):
    """A questionnaire with this slug exists already."""


def create(slug: str, document: Document, made_with: str | None = None) -> Version:
    """Create a questionnaire with ``document`` as the draft of its first version. Raises SlugTaken.

    ``made_with`` is the nonce of the form, which makes this idempotent: the same form sent again returns the
    version that it has created already.
    """

    def add() -> Version:
        with transaction() as session:
            taken = queries.questionnaire(slug) is not None
            existing = (
                queries.version_made_with(made_with) if made_with else None
            )  # after: it was written with the slug
            if existing is not None:
                return existing
            if taken:
                raise SlugTaken(slug)
            questionnaire = Questionnaire(slug=slug, title=document["title"], made_with=made_with)
            session.add(questionnaire)
            session.flush()
            return _add_draft(session, questionnaire, document)

    return retry_on_conflict(add)


def begin(slug: str, document: Document | None = None) -> Version:
    """Return the draft of an existing questionnaire, and create it if there is none.

    A new draft is made from ``document``, or from the version that is published now. Raises Conflict when
    ``document`` is given and a draft exists already.
    """

    def take() -> Version:
        with transaction() as session:
            questionnaire = queries.lock_questionnaire(slug)
            if questionnaire is None:
                raise LookupError(slug)
            existing = queries.draft(questionnaire.id)
            if existing is not None:
                if document is not None:
                    raise Conflict("draft")
                return existing
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
    label: str | Callable[[], str],
    edit: Edit,
    revision: int | None = None,
    made_with: str | None = None,
) -> Version:
    """Make a change to a draft, which undo() can revert, and return the draft. Raises Conflict.

    ``label`` names the change, as a text or a function that is called after ``edit``. ``made_with`` is the
    nonce of the form: a change that it has made already is not made again.

    Changes to different questions do not conflict: ``edit`` itself raises Conflict when the part that it
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
            step.said = label if isinstance(label, str) else label()
            session.add(step)
            queries.delete_steps(draft.id, draft.revision - STEPS_KEPT + 1)
        return draft


def undo(version_id: int, revision: int) -> Version:
    """Revert the last change, if ``revision`` is still the newest, and return the draft. Raises Conflict."""
    with transaction() as session:
        draft = _lock_draft(version_id, revision)
        step = queries.last_step(draft.id)
        if step is not None:
            draft.document = step.document
            draft.revision += 1
            session.delete(step)
        return draft


def discard(version_id: int) -> bool:
    """Discard a draft; return True if the questionnaire was deleted too, because it had no other version.

    Raises Conflict: "linked" when links lead to a questionnaire that would be deleted.
    """
    with transaction():
        draft = _lock_draft(version_id, None)
        is_only_version = queries.last_number(draft.questionnaire) == 1
        queries.delete_draft(draft.id)
        if is_only_version and not queries.delete_questionnaire(draft.questionnaire_id):
            raise Conflict("linked")
        return is_only_version


def publish(version_id: int, revision: int, today: date, may_lift: bool = False) -> Version:
    """Publish a draft as seen at ``revision``: it never changes again.

    Raises Conflict, UnfinishedDraft, and LiftsWithheld unless the publisher ``may_lift`` that the results of
    questions are withheld from those assessed.
    """
    # The check comes before the lock, so that nobody waits for it; another revision is a conflict anyway.
    document_problems = problems(queries.version_by_id(version_id).document)
    if document_problems:
        raise UnfinishedDraft(document_problems)

    def put() -> Version:
        with transaction() as session:
            draft = _lock_draft(version_id, revision)
            questionnaire = queries.lock_questionnaire(draft.questionnaire.slug)
            earlier = queries.answered_versions(draft.questionnaire)
            lifted = lifted_codes(draft.definition, [version.definition for version in earlier])
            if lifted and not may_lift:
                raise LiftsWithheld(lifted)
            before = queries.published(draft.questionnaire_id)
            if before is not None:
                before.state = "superseded"
                session.flush()  # at no time may two be published
            draft.state = "published"
            draft.published_on = today
            if questionnaire is not None:
                questionnaire.title = draft.document.get("title", questionnaire.title)
            queries.delete_steps(draft.id, draft.revision + 1)
            queries.delete_trials(draft.id)
            return draft

    return retry_on_conflict(put)


def add_trial(version_id: int, language: str, answers: dict[str, Any], today: date) -> Trial:
    """Store a test response, which is never counted. Raises Conflict when the draft no longer exists."""
    with transaction() as session:
        draft = _lock_draft(version_id, None)
        trial = Trial(version_id=draft.id, language=language, answers=answers, made_on=today)
        session.add(trial)
        return trial


def delete_trials(version_id: int, trial_id: int | None = None) -> None:
    """Delete all test responses of a draft, or one of them. Publishing deletes them too."""
    with transaction():
        queries.delete_trials(version_id, trial_id)


def _lock_draft(version_id: int, revision: int | None) -> Version:
    draft = queries.lock_draft(version_id)
    if draft is None:
        raise Conflict("published")
    if revision is not None and revision != draft.revision:
        raise Conflict("changed")
    return draft
