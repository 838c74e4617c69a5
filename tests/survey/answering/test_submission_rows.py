"""The rows of a submission before they are written."""

from dataclasses import replace
from datetime import date

from survey.answering.links import look_up
from survey.answering.page_sessions import PageSessions
from survey.answering.submission_rows import make_submission
from survey.questionnaires.rules.careless import HASTY, TIMED
from survey.questionnaires.rules.limits import ResponseLimits
from survey.questionnaires.rules.reading import Reading
from survey.responses import limiting
from survey.rewards.claims import code_hash
from survey.sealing import unseal
from tests import factories

SUNDAY = date(2026, 11, 29)


def open_page(link):
    return PageSessions("a secret").open(link)


def test_a_submission_has_the_answers_and_the_claim(embedded_app):
    link = look_up(factories.link(points=5).code)
    page = open_page(link)
    submission = make_submission(link, page, Reading({"quality": 4}, {}), "en", SUNDAY)
    assert (submission.answers, submission.locale, submission.day) == ({"quality": 4}, "en", SUNDAY)
    assert submission.claim_hash == code_hash(page.claim_code)
    assert (submission.limit_rows, submission.contacts) == ((), ())


def test_a_page_without_points_makes_no_claim(embedded_app):
    link = look_up(factories.link(points=0).code)
    assert make_submission(link, open_page(link), Reading({}, {}), "zh", SUNDAY).claim_hash is None


def test_a_contact_is_encrypted_and_keeps_only_its_week(embedded_app):
    link = look_up(factories.link().code)
    reading = Reading({}, {}, {"call": {"name": "王芳", "phone": "12345"}})
    (contact,) = make_submission(link, open_page(link), reading, "zh", SUNDAY).contacts
    assert contact.week == date(2026, 11, 23)
    assert unseal(contact.name, "contact name") == "王芳"
    assert unseal(contact.phone, "contact phone") == "12345"


def test_only_rows_with_a_maximum_are_named(embedded_app):
    link = factories.link()
    limiting.limit_link(link.id, ResponseLimits(maximum=5))
    limiting.limit_questionnaire(link.questionnaire_id, ResponseLimits(once_per_device=True))
    open_link = look_up(link.code)
    assert make_submission(open_link, open_page(open_link), Reading({}, {}), "zh", SUNDAY).limit_rows == (
        ("link", link.id),
    )


def test_only_whether_the_time_was_too_short_is_kept_of_it(embedded_app):
    link = look_up(factories.link().code)
    reading = Reading({"quality": 4, "value": 3}, {})
    for seconds, signs in ((3, TIMED + HASTY), (4, TIMED), (80_000, TIMED), (None, 0)):
        page = replace(open_page(link), seconds=seconds)
        assert make_submission(link, page, reading, "zh", SUNDAY).signs == signs
