"""What one submission writes, before it is written."""

from dataclasses import replace
from datetime import date

from survey.answering.links import look_up
from survey.answering.page_sessions import Desk
from survey.answering.submission_rows import given
from survey.questionnaires.rules.careless import HASTY, TIMED
from survey.questionnaires.rules.limits import ResponseLimits
from survey.questionnaires.rules.reading import Reading
from survey.responses import limiting
from survey.rewards.claims import code_hash
from survey.sealing import unseal
from tests import factories

SUNDAY = date(2026, 11, 29)


def opened(link):
    return Desk("a secret").open(link)


def test_answers_and_the_claim_are_taken_over(embedded_app):
    link = look_up(factories.link(points=5).code)
    page = opened(link)
    handed = given(link, page, Reading({"quality": 4}, {}), "en", SUNDAY)
    assert (handed.answers, handed.locale, handed.day) == ({"quality": 4}, "en", SUNDAY)
    assert handed.claim_hash == code_hash(page.claim_code)
    assert (handed.places_in, handed.contacts) == ((), ())


def test_without_points_there_is_no_claim(embedded_app):
    link = look_up(factories.link(points=0).code)
    assert given(link, opened(link), Reading({}, {}), "zh", SUNDAY).claim_hash is None


def test_a_contact_is_sealed_and_knows_only_its_week(embedded_app):
    link = look_up(factories.link().code)
    reading = Reading({}, {}, {"call": {"name": "王芳", "phone": "12345"}})
    (contact,) = given(link, opened(link), reading, "zh", SUNDAY).contacts
    assert contact.week == date(2026, 11, 23)
    assert unseal(contact.name, "contact name") == "王芳"
    assert unseal(contact.phone, "contact phone") == "12345"


def test_the_rows_that_have_a_maximum_are_named_and_others_are_not(embedded_app):
    link = factories.link()
    limiting.limit_link(link.id, ResponseLimits(maximum=5))
    limiting.limit_questionnaire(link.questionnaire_id, ResponseLimits(once_per_device=True))
    found = look_up(link.code)
    assert given(found, opened(found), Reading({}, {}), "zh", SUNDAY).places_in == (("link", link.id),)


def test_of_the_time_that_she_took_nothing_is_kept_but_whether_it_was_too_short(embedded_app):
    link = look_up(factories.link().code)
    reading = Reading({"quality": 4, "value": 3}, {})
    for seconds, signs in ((3, TIMED + HASTY), (4, TIMED), (80_000, TIMED), (None, 0)):
        page = replace(opened(link), seconds=seconds)
        assert given(link, page, reading, "zh", SUNDAY).signs == signs
