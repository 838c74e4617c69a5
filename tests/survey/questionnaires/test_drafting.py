"""Drafts are changed step by step, undone and published, and nobody overwrites another's change."""

import pytest
from sqlalchemy import func, select

from survey.db import db
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import PublishedVersionChanged, Questionnaire
from survey.responses.models import Waiting
from survey.transaction import transaction
from tests.factories import TODAY
from tests.processes import at_once

DOCUMENT = {
    "title": {"zh": "新问卷", "en": "New"},
    "languages": ["zh", "en"],
    "questions": [{"code": "overall", "kind": "rating", "texts": {"zh": "总体", "en": "Overall"}}],
}


def renamed(text):
    def edit(document):
        document["title"]["zh"] = text
        return document

    return edit


def test_a_new_questionnaire_is_a_draft_without_a_published_version(app):
    draft = drafting.create("new", DOCUMENT)
    assert (draft.number, draft.state, draft.revision) == (1, "draft", 0)
    assert queries.published(draft.questionnaire_id) is None


def test_a_slug_is_used_once(app):
    drafting.create("new", DOCUMENT)
    with pytest.raises(drafting.SlugTaken):
        drafting.create("new", DOCUMENT)


def test_a_form_sent_several_times_creates_one_questionnaire(app):
    first = drafting.create("new", DOCUMENT, "a form")
    assert drafting.create("new", DOCUMENT, "a form").id == first.id
    assert drafting.create("other", DOCUMENT, "a form").id == first.id
    assert drafting.create("other", DOCUMENT, "another form").id != first.id


def create(slug):
    return drafting.create(slug, DOCUMENT, "a form").id


def test_the_same_form_sent_concurrently_creates_one_questionnaire(app):
    created = at_once(app.config["SETTINGS"], create, [("new",)] * 2 + [("other",)] * 2)
    assert len(set(created)) == 1
    assert db.session.scalar(select(func.count()).select_from(Questionnaire)) == 1


def test_changes_are_undone_one_by_one(app):
    draft = drafting.create("new", DOCUMENT)
    drafting.change(draft.id, "title", renamed("甲"))
    draft = drafting.change(draft.id, "title", renamed("乙"))
    draft = drafting.undo(draft.id, draft.revision)
    assert draft.document["title"]["zh"] == "甲"
    draft = drafting.undo(draft.id, draft.revision)
    assert draft.document == DOCUMENT
    assert drafting.undo(draft.id, draft.revision).document == DOCUMENT


def test_a_change_without_effect_adds_no_step(app):
    draft = drafting.create("new", DOCUMENT)
    assert drafting.change(draft.id, "title", renamed("新问卷")).revision == 0


def test_only_the_newest_steps_are_kept(app, monkeypatch):
    monkeypatch.setattr(drafting, "STEPS_KEPT", 3)
    draft = drafting.create("new", DOCUMENT)
    for number in range(6):
        draft = drafting.change(draft.id, "title", renamed(str(number)))
    for _ in range(6):
        draft = drafting.undo(draft.id, draft.revision)
    assert draft.document["title"]["zh"] == "2"


def test_undoing_after_somebody_else_changed_something_is_a_conflict(app):
    draft = drafting.create("new", DOCUMENT)
    revision = drafting.change(draft.id, "title", renamed("甲")).revision
    drafting.change(draft.id, "title", renamed("乙"))
    with pytest.raises(drafting.Conflict):
        drafting.undo(draft.id, revision)


def test_publishing_a_draft_that_changed_meanwhile_is_a_conflict(app):
    draft = drafting.create("new", DOCUMENT)
    drafting.change(draft.id, "title", renamed("甲"))
    with pytest.raises(drafting.Conflict):
        drafting.publish(draft.id, 0, TODAY)
    assert queries.published(draft.questionnaire_id) is None


def test_a_published_draft_replaces_the_previous_version(app):
    first = drafting.create("new", DOCUMENT)
    drafting.publish(first.id, 0, TODAY)
    second = drafting.begin("new")
    assert (second.number, second.document) == (2, DOCUMENT)
    second = drafting.change(second.id, "title", renamed("改"))
    drafting.publish(second.id, second.revision, TODAY)
    assert [v.state for v in queries.versions(second.questionnaire)] == ["published", "superseded"]
    assert second.questionnaire.title["zh"] == "改"


def test_begin_is_idempotent(app):
    drafting.publish(drafting.create("new", DOCUMENT).id, 0, TODAY)
    assert drafting.begin("new").id == drafting.begin("new").id
    with pytest.raises(drafting.Conflict):
        drafting.begin("new", DOCUMENT)


def test_a_published_version_cannot_be_changed_undone_or_discarded(app):
    draft = drafting.create("new", DOCUMENT)
    drafting.publish(draft.id, 0, TODAY)
    for act in (
        lambda: drafting.change(draft.id, "title", renamed("甲")),
        lambda: drafting.undo(draft.id, 0),
        lambda: drafting.discard(draft.id),
    ):
        with pytest.raises(drafting.Conflict):
            act()
    with pytest.raises(PublishedVersionChanged), transaction() as session:
        session.get_one(type(draft), draft.id).document = {"questions": []}


def test_discarding_a_draft_keeps_the_published_version(app):
    drafting.publish(drafting.create("new", DOCUMENT).id, 0, TODAY)
    draft = drafting.begin("new")
    drafting.change(draft.id, "title", renamed("甲"))
    drafting.add_trial(draft.id, "zh", {"overall": 5}, TODAY)
    drafting.discard(draft.id)
    assert [v.state for v in queries.versions(queries.questionnaire("new"))] == ["published"]


def test_discarding_the_only_version_deletes_the_questionnaire_and_frees_its_slug(app):
    draft = drafting.create("new", DOCUMENT)
    drafting.change(draft.id, "title", renamed("甲"))
    drafting.add_trial(draft.id, "zh", {"overall": 5}, TODAY)
    assert drafting.discard(draft.id)
    assert queries.questionnaire("new") is None
    assert drafting.create("new", DOCUMENT).number == 1


def test_test_responses_are_stored_apart_from_responses(app):
    draft = drafting.create("new", DOCUMENT)
    drafting.add_trial(draft.id, "zh", {"overall": 5}, TODAY)
    assert [trial.answers for trial in queries.trials(draft.id)] == [{"overall": 5}]
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 0


def test_test_responses_belong_to_a_draft_and_are_deleted_when_it_is_published(app):
    draft = drafting.create("new", DOCUMENT)
    first = drafting.add_trial(draft.id, "zh", {"overall": 4}, TODAY)
    drafting.add_trial(draft.id, "en", {}, TODAY)
    drafting.delete_trials(draft.id, first.id)
    assert [trial.language for trial in queries.trials(draft.id)] == ["en"]
    drafting.publish(draft.id, draft.revision, TODAY)
    assert queries.trials(draft.id) == []
    with pytest.raises(drafting.Conflict):
        drafting.add_trial(draft.id, "zh", {}, TODAY)
