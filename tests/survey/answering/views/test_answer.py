"""The customer's pages: what they show, and that all ways end in exactly one response."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from survey.db import db
from survey.links.models import Link
from survey.places.models import Place
from survey.questionnaires import publication
from survey.questionnaires.rules.careless import HASTY, TIMED
from survey.responses.models import Response, Waiting
from survey.rewards.models.campaigns import Purse
from survey.rewards.models.claims import Claim
from survey.rewards.verification import verify
from tests import factories
from tests.survey.answering.conftest import ANSWERS, form_fields
from tests.survey.tallies.answers import release_all


@pytest.fixture
def link(app):
    return factories.link(factories.place(name="人民路服务点"), points=10)


@pytest.fixture
def visitor(app, customer, link):
    who = customer(app.test_client(), link.code)
    who.open()
    return who


def change(model, key, **values):
    row = db.session.get_one(model, key)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()


def test_the_page_asks_all_seven_questions_and_needs_no_script(visitor):
    page = visitor.open().text
    assert "<script" not in page
    assert len(re.findall("<fieldset", page)) == 7
    assert page.count("type=radio") == 5 * 5 + 11
    assert "人民路服务点" in page


def test_the_page_and_its_sheet_weigh_at_most_10_kb(visitor):
    page = visitor.open()
    address = re.search(r"href=(/static/css/answer[^>]+)>", page.text)[1]
    sheet = visitor.client.get(address, headers={"Accept-Encoding": "gzip"})
    head = sum(len(f"{name}: {value}\r\n") for name, value in page.headers)
    assert len(page.data) + head + len(sheet.data) <= 10 * 1024
    fetched = re.findall(r'<(?:link|script|img)(?! rel=icon href="data:)', page.text)
    assert len(fetched) == 1


def test_answers_are_stored_and_thanked_for_with_points_and_code(visitor, stored):
    reply = visitor.hand_in()
    assert (reply.status_code, reply.location) == (303, f"/s/{visitor.code}/thanks")
    assert stored() == (1, 1, 1)
    answers = db.session.query(Waiting).one().answers
    assert answers == {"quality": 4, "effectiveness": 5, "innovation": 3, "value": 4} | {
        "overall": 4,
        "nps": 9,
        "comment": "很好",
    }
    thanks = visitor.thanks()
    code = re.search(r"<code>([0-9A-Za-z]{22})</code>", thanks.text)[1]
    assert "<svg" in thanks.text
    assert visitor.client.get(f"/c/{code}", follow_redirects=True).status_code == 200


def test_no_question_is_required_unless_the_questionnaire_says_so(visitor, stored):
    assert visitor.hand_in({}).status_code == 303
    assert stored() == (1, 1, 1)


def test_a_link_without_points_makes_no_claim(app, customer, stored):
    who = customer(app.test_client(), factories.link(points=0).code)
    who.open()
    who.hand_in()
    assert stored() == (1, 1, 0)
    assert "<code>" not in who.thanks().text


def test_a_double_tap_counts_once_and_shows_the_same_code(visitor, stored):
    visitor.hand_in()
    first = visitor.thanks().text
    visitor.hand_in(ANSWERS | {"quality": "1"})
    assert stored() == (1, 1, 1)
    assert db.session.query(Waiting).one().answers["quality"] == 4
    assert visitor.thanks().text == first


def test_back_after_the_thanks_leads_to_the_thanks_again(visitor, stored):
    visitor.hand_in()
    assert visitor.open().location.endswith("/thanks")
    assert stored() == (1, 1, 1)


def test_a_reload_before_handing_in_keeps_the_submission(visitor, stored):
    before = dict(visitor.tokens)
    visitor.open()
    assert visitor.tokens == before


def test_a_retry_on_the_reloaded_page_after_a_lost_reply_counts_once(visitor, stored):
    lost = dict(visitor.tokens)
    visitor.hand_in()
    visitor.send(urlencode(lost | ANSWERS))
    assert stored() == (1, 1, 1)


def test_another_visit_may_be_answered_on_the_same_phone(visitor, stored):
    visitor.hand_in()
    assert visitor.open("?again").status_code == 200
    assert visitor.hand_in().status_code == 303
    assert stored() == (2, 2, 2)


def test_two_phones_are_two_responses(app, link, customer, stored):
    for _ in range(2):
        who = customer(app.test_client(), link.code)
        who.open()
        who.hand_in()
    assert stored() == (2, 2, 2)


def test_a_get_never_stores_anything(visitor, stored):
    for _ in range(3):
        visitor.open()
    assert visitor.thanks().status_code == 303
    assert stored() == (0, 0, 0)


def test_the_language_is_switched_visibly_and_kept(visitor):
    page = visitor.open("?lang=en").text
    assert "Service quality" in page
    assert "<html lang=en>" in page
    assert "Service quality" in visitor.open().text
    assert "服务质量" in visitor.open("?lang=zh_Hans_CN").text


def test_the_page_is_in_the_browser_s_language(app, link):
    page = app.test_client().get(f"/s/{link.code}", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert "Service quality" in page.text


def test_a_typed_code_may_hold_capitals_and_dashes(app, link):
    typed = f"{link.code[:4]}-{link.code[4:]}".upper()
    assert app.test_client().get(f"/s/{typed}").status_code == 200


@pytest.mark.parametrize("code", ["22222222", "x", "%00", "a" * 5000, "../../etc", "答卷", "%F0%9F%98%80"])
def test_an_unknown_code_shows_a_page_that_says_so(app, code):
    reply = app.test_client().get(f"/s/{code}")
    assert reply.status_code == 404
    if "/" not in code:
        assert "<h1>" in reply.text


def test_a_retired_link_says_so_and_stores_nothing(visitor, link, stored):
    change(Link, link.id, retired_on=factories.PUBLISHED_ON)
    assert visitor.open().status_code == 410
    assert visitor.hand_in().status_code == 410
    assert stored() == (0, 0, 0)


def test_a_link_of_a_retired_service_point_stores_nothing(visitor, link, stored):
    change(Place, link.place_id, retired_on=factories.PUBLISHED_ON)
    assert visitor.hand_in().status_code == 410
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quality", "6"),
        ("quality", "0"),
        ("quality", "-1"),
        ("quality", "4.0"),
        ("quality", "٤"),
        ("nps", "11"),
    ],
)
def test_an_answer_out_of_range_is_rejected_with_its_question(visitor, stored, field, value):
    reply = visitor.hand_in(ANSWERS | {field: value})
    assert reply.status_code == 422
    assert f"<a href=#{field}>" in reply.text
    assert f"id={field}-m" in reply.text
    assert stored() == (0, 0, 0)


def test_valid_answers_are_kept_when_another_is_rejected(visitor):
    page = visitor.hand_in(ANSWERS | {"nps": "11"}).text
    assert "name=quality value=4 checked" in page
    assert "很好</textarea>" in page


def test_a_corrected_submission_is_stored_once(visitor, stored):
    visitor.hand_in(ANSWERS | {"nps": "11"})
    assert visitor.hand_in().status_code == 303
    assert stored() == (1, 1, 1)


def test_a_required_question_left_blank_is_named(app, customer, stored):
    link = factories.link(of=factories.version("strict", required=("overall",)))
    who = customer(app.test_client(), link.code)
    who.open()
    reply = who.hand_in({"nps": "9"})
    assert reply.status_code == 422
    assert "<a href=#overall>" in reply.text
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\u2066b", "a\x1bb", "x" * 2001])
def test_a_comment_with_control_or_bidi_characters_or_too_long_is_rejected(visitor, stored, text):
    reply = visitor.hand_in(ANSWERS | {"comment": text})
    assert reply.status_code == 422
    assert "<a href=#comment>" in reply.text
    assert stored() == (0, 0, 0)


def test_a_comment_of_a_megabyte_is_too_large(visitor, stored):
    assert visitor.hand_in(ANSWERS | {"comment": "好" * 400_000}).status_code == 413
    assert stored() == (0, 0, 0)


def test_script_in_a_comment_is_shown_as_text(visitor):
    page = visitor.hand_in(ANSWERS | {"nps": "11", "comment": "</textarea><script>alert(1)</script>"}).text
    assert "<script" not in page


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("page=x&claim=y", "application/x-www-form-urlencoded"),
        ("", "application/x-www-form-urlencoded"),
        ("{}", "application/json"),
        ("quality=4", "text/plain"),
        ("quality=4", ""),
        (b"comment=%ff%fe", "application/x-www-form-urlencoded"),
        (b"comment=\xff", "application/x-www-form-urlencoded"),
        ("&".join(f"a{i}=1" for i in range(300)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_foreign_form_is_rejected_with_a_clear_text(visitor, stored, body, content_type):
    reply = visitor.send(body, content_type)
    assert reply.status_code == 400
    assert "<h1>" in reply.text
    assert stored() == (0, 0, 0)


def test_broken_utf8_in_a_form_is_rejected(visitor, stored):
    assert visitor.send(urlencode(visitor.tokens) + "&comment=%ff").status_code == 400
    assert stored() == (0, 0, 0)


def test_an_unknown_field_is_rejected(visitor, stored):
    assert visitor.hand_in(ANSWERS | {"salary": "9"}).status_code == 400
    assert stored() == (0, 0, 0)


def test_a_field_sent_twice_is_rejected(visitor, stored):
    assert visitor.send(urlencode(visitor.tokens) + "&quality=1&quality=5").status_code == 400
    assert stored() == (0, 0, 0)


def test_a_token_of_another_link_is_rejected(app, visitor, customer, stored):
    other = customer(app.test_client(), factories.link(of=factories.version("other")).code)
    other.open()
    other.tokens = visitor.tokens
    assert other.hand_in().status_code == 400
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("name", ["page", "claim"])
def test_a_changed_token_is_rejected(visitor, stored, name):
    token = visitor.tokens[name]
    changed = token[:12] + ("A" if token[12] != "A" else "B") + token[13:]
    assert visitor.hand_in(**{name: changed}).status_code == 400
    assert stored() == (0, 0, 0)


def test_a_page_open_for_more_than_a_day_is_shown_again_with_its_answers(visitor, stored):
    with time_machine.travel(timedelta(hours=25), tick=False):
        reply = visitor.hand_in()
    assert reply.status_code == 422
    assert "name=quality value=4 checked" in reply.text
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("off", [timedelta(hours=25), timedelta(days=40), timedelta(hours=-2)])
def test_a_page_that_is_shown_again_is_the_same_submission_and_claim(visitor, stored, off):
    with time_machine.travel(datetime.now(UTC) + off, tick=False):
        shown = [form_fields(visitor.hand_in().text) for _ in range(2)]
        for fields in shown:  # the first reply was lost
            again = {name: fields[name] for name in ("page", "claim")}
            assert visitor.send(urlencode(again | ANSWERS)).status_code == 303
        assert visitor.hand_in().status_code == 303
    assert stored() == (1, 1, 1)


@pytest.mark.parametrize("released", [False, True])
def test_what_was_stored_a_day_ago_is_thanked_for_when_it_is_sent_again(visitor, stored, released):
    lost = dict(visitor.tokens)
    visitor.hand_in()
    if released:
        release(visitor)
    before, claims = count_answers(), stored()[2]
    with time_machine.travel(timedelta(hours=25), tick=False):
        visitor.client.delete_cookie("page", path=f"/s/{visitor.code}")
        reply = visitor.send(urlencode(lost | ANSWERS))
        assert (reply.status_code, reply.location) == (303, f"/s/{visitor.code}/thanks")
        assert "<code>" in visitor.thanks().text
    assert count_answers() == before
    assert stored()[2] == claims


def test_a_page_that_was_opened_yesterday_is_not_stored_beside_its_released_answers(visitor):
    lost = dict(visitor.tokens)
    visitor.hand_in()
    release(visitor)
    before = count_answers()
    with time_machine.travel(timedelta(hours=23, minutes=59), tick=False):
        assert visitor.send(urlencode(lost | ANSWERS)).status_code == 303
    assert count_answers() == before


def release(visitor):
    """Release the visitor's answers, together with as many as a batch needs."""
    for _ in range(4):
        visitor.open("?again")
        visitor.hand_in()
    release_all()
    assert db.session.query(Response).count() == 5


def count_answers():
    db.session.rollback()
    return db.session.query(Response).count() + db.session.query(Waiting).count()


def test_hosts_whose_clocks_differ_by_minutes_store_a_page_once(app, customer, link, stored):
    for number in range(5):
        who = customer(app.test_client(), link.code)
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2), tick=False):
            who.open()
        assert who.hand_in().status_code == 303  # and the reply is lost
        who.open()
        who.hand_in()
        assert stored() == (number + 1, number + 1, number + 1)
    assert {one.signs for one in db.session.query(Waiting)} == {0}


@pytest.mark.parametrize("how", ["link", "place", "version", "no version"])
def test_what_was_stored_is_thanked_for_after_its_link_or_version_was_retired(visitor, link, stored, how):
    lost = dict(visitor.tokens)
    visitor.hand_in()
    if how == "link":
        change(Link, link.id, retired_on=factories.PUBLISHED_ON)
    elif how == "place":
        change(Place, link.place_id, retired_on=factories.PUBLISHED_ON)
    else:
        version = db.session.query(Waiting).one().version_id
        if how == "version":
            factories.version(db.session.get_one(Link, link.id).questionnaire.slug)
        publication.retire(version)
    for reply in (visitor.open(), visitor.send(urlencode(lost | ANSWERS))):
        assert (reply.status_code, reply.location) == (303, f"/s/{visitor.code}/thanks")
    assert "<code>" in visitor.thanks().text
    assert stored() == (1, 1, 1)


def test_what_was_stored_is_found_after_the_employee_moved_to_another_place(app, customer, stored):
    employee = factories.employee(factories.place())
    who = customer(app.test_client(), factories.link(employee.place, employee).code)
    who.open()
    lost, before = dict(who.tokens), employee.place_id
    who.hand_in()
    change(type(employee), employee.id, place_id=factories.place().id)
    assert who.open().location.endswith("/thanks")
    assert who.send(urlencode(lost | ANSWERS)).status_code == 303
    assert "<code>" in who.thanks().text
    assert stored() == (1, 1, 1)
    assert db.session.query(Waiting).one().place_id == before


def test_a_claim_token_is_accepted_with_its_own_page_alone(visitor, stored):
    claim = visitor.tokens["claim"]
    visitor.hand_in()
    for _ in range(7):
        visitor.open("?again")
        assert visitor.hand_in(claim=claim).status_code == 400
    assert stored() == (1, 1, 1)
    assert sum(purse.committed for purse in db.session.query(Purse)) == 10
    assert list(verify()) == []


def test_a_page_of_a_superseded_version_is_accepted(visitor, stored):
    old = db.session.get_one(Link, db.session.query(Link).one().id).questionnaire
    factories.version(old.slug, required=("comment",))
    assert visitor.hand_in({"quality": "4"}).status_code == 303
    assert stored() == (1, 1, 1)


def test_a_page_of_a_retired_version_is_shown_again_under_the_new_one(visitor, stored):
    first = factories.version(db.session.query(Link).one().questionnaire.slug)
    visitor.client.delete_cookie("page", path=f"/s/{visitor.code}")
    visitor.open()
    factories.version(first.questionnaire.slug)
    publication.retire(first.id)
    reply = visitor.hand_in()
    assert reply.status_code == 422
    assert "name=quality value=4 checked" in reply.text
    assert stored() == (0, 0, 0)


def test_a_post_from_another_site_is_rejected(visitor, stored):
    reply = visitor.client.post(
        f"/s/{visitor.code}",
        data=visitor.tokens | ANSWERS,
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert reply.status_code == 400
    assert stored() == (0, 0, 0)


def test_an_employee_s_link_names_them_and_counts_for_them(app, customer, stored):
    point = factories.place()
    employee = factories.employee(point, name="李娜")
    who = customer(app.test_client(), factories.link(point, employee).code)
    assert "李娜" in who.open().text
    who.hand_in()
    assert db.session.query(Waiting).one().employee_id == employee.id


def test_neither_page_is_cached(visitor):
    assert visitor.open().headers["Cache-Control"] == "no-store"
    visitor.hand_in()
    assert visitor.thanks().headers["Cache-Control"] == "no-store"


def test_an_unknown_claim_code_shows_a_page_that_says_so(app):
    assert app.test_client().get("/c/unknown", follow_redirects=True).status_code == 404


def test_a_claim_does_not_show_where_the_points_were_earned(visitor):
    visitor.hand_in()
    claim = db.session.query(Claim).one()
    assert (claim.points, claim.state) == (10, "open")
    assert not {"place_id", "response_id", "version_id"} & set(Claim.__table__.columns.keys())


def test_the_link_of_an_employee_who_moved_leads_to_their_new_place(app, customer, stored):
    employee = factories.employee(factories.place())
    link = factories.link(employee.place, employee)
    change(type(employee), employee.id, place_id=factories.place(name="新网点").id)
    who = customer(app.test_client(), link.code)
    assert "新网点" in who.open().text
    who.hand_in()
    assert db.session.query(Waiting).one().place_id == employee.place_id


def test_a_page_submitted_at_once_is_stored_and_marked_as_hasty(visitor, stored):
    visitor.hand_in()
    assert stored() == (1, 1, 1)
    assert db.session.query(Waiting).one().signs == TIMED + HASTY
