import pytest
from sqlalchemy.exc import IntegrityError

from survey.db import db
from survey.questionnaires import publication, queries
from survey.questionnaires.models import PublishedVersionChanged, Version
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

TITLE = {"zh": "测评", "en": "Survey"}


def document(text: str = "Good?") -> dict:
    return {"questions": [{"code": "q", "kind": "rating", "texts": {"en": text}}]}


def test_the_previous_version_is_superseded(app):
    first = publication.publish("s", TITLE, document(), TODAY)
    second = publication.publish("s", TITLE, document("Very good?"), TODAY)
    assert [(v.number, v.state) for v in queries.versions(second.questionnaire)] == [
        (2, "published"),
        (1, "superseded"),
    ]
    assert queries.published_number("s") == 2
    assert queries.version(first.questionnaire, 1).document == document()


def test_a_version_based_on_an_outdated_version_is_rejected(app):
    publication.publish("s", TITLE, document(), TODAY)
    publication.publish("s", TITLE, document("mine"), TODAY, based_on=1)
    with pytest.raises(publication.OutdatedBase):
        publication.publish("s", TITLE, document("yours"), TODAY, based_on=1)
    assert queries.published_number("s") == 2


def test_a_version_based_on_an_unknown_questionnaire_is_rejected(app):
    with pytest.raises(publication.OutdatedBase):
        publication.publish("unknown", TITLE, document(), TODAY, based_on=1)
    assert queries.questionnaires() == []


def test_a_published_version_never_changes(app):
    version = publication.publish("s", TITLE, document(), TODAY)
    version.document = document("Changed?")
    with pytest.raises(PublishedVersionChanged):
        db.session.commit()
    db.session.rollback()


def test_the_database_allows_one_published_version(app):
    version = factories.version()
    db.session.add(
        Version(questionnaire_id=version.questionnaire_id, number=2, state="published", document={})
    )
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def publish_at_once(text: str, based_on: int | None) -> str:
    try:
        return str(publication.publish("s", TITLE, document(text), TODAY, based_on).number)
    except publication.OutdatedBase:
        return "overtaken"


def test_only_one_of_several_concurrent_publications_succeeds(app):
    publication.publish("s", TITLE, document(), TODAY)
    results = at_once(app.config["SETTINGS"], publish_at_once, [(f"text {n}", 1) for n in range(3)])
    assert sorted(results) == ["2", "overtaken", "overtaken"]
    assert queries.published_number("s") == 2


def test_concurrent_first_publications_create_versions_in_turn(app):
    results = at_once(app.config["SETTINGS"], publish_at_once, [(f"text {n}", None) for n in range(3)])
    assert sorted(results) == ["1", "2", "3"]
    assert len(queries.questionnaires()) == 1
