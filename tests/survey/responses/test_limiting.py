from datetime import datetime

import pytest

from survey.db import db
from survey.links.models import Link
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses import limiting
from tests import factories
from tests.factories import TODAY
from tests.survey.tallies.answers import give

NOON = datetime.fromisoformat("2026-11-23T12:00")
WISH = ResponseLimits(
    NOON, datetime.fromisoformat("2026-12-01T00:00"), 10, True, {"zh": "已结束", "en": "Closed"}
)


@pytest.fixture
def link(app):
    return factories.link()


def kept(table, key):
    db.session.rollback()
    return db.session.get_one(table, key, populate_existing=True)


def test_the_limit_of_a_questionnaire_is_kept_as_it_was_said(link):
    limiting.limit_questionnaire(link.questionnaire_id, WISH)
    assert kept(Questionnaire, link.questionnaire_id).limit == WISH
    assert kept(Link, link.id).limit == ResponseLimits()


def test_the_limit_of_a_link_is_kept_as_it_was_said_and_taken_away_again(link):
    limiting.limit_link(link.id, WISH)
    assert kept(Link, link.id).limit == WISH
    limiting.limit_link(link.id, ResponseLimits())
    assert kept(Link, link.id).limit == ResponseLimits()


def test_a_maximum_of_a_questionnaire_counts_the_responses_that_it_has(link):
    other, version = factories.version("other"), factories.version(link.questionnaire.slug)
    give(link.place, version, *[{"quality": 5}] * 3, day=TODAY)
    give(link.place, other, {"quality": 5}, day=TODAY)
    limiting.limit_questionnaire(link.questionnaire_id, ResponseLimits(maximum=10))
    assert kept(Questionnaire, link.questionnaire_id).taken == 3


def test_a_maximum_that_is_raised_goes_on_counting(link):
    limiting.limit_questionnaire(link.questionnaire_id, ResponseLimits(maximum=1))
    limiting.limit_link(link.id, ResponseLimits(maximum=1))
    for table, key in ((Questionnaire, link.questionnaire_id), (Link, link.id)):
        kept(table, key).taken = 1
        db.session.commit()
    limiting.limit_questionnaire(link.questionnaire_id, ResponseLimits(maximum=2))
    limiting.limit_link(link.id, ResponseLimits(maximum=2))
    assert kept(Questionnaire, link.questionnaire_id).taken == kept(Link, link.id).taken == 1


@pytest.mark.parametrize(
    ("wish", "reason"), [(ResponseLimits(NOON, NOON), "order"), (ResponseLimits(maximum=0), "maximum")]
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(link, wish, reason):
    for act, key in ((limiting.limit_questionnaire, link.questionnaire_id), (limiting.limit_link, link.id)):
        with pytest.raises(limiting.LimitRefused) as refused:
            act(key, wish)
        assert refused.value.reason == reason
    assert kept(Link, link.id).limit == ResponseLimits()
