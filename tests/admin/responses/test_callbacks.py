import uuid
from datetime import date

import pytest

from admin.responses.callbacks import PAGE
from survey.db import db
from survey.responses.models import Contact
from survey.sealing import seal
from tests import factories
from tests.admin.links.test_links import post
from tests.factories import TODAY


@pytest.fixture
def office(embedded_app):
    """Return two regions, a function by which 王芳 asks for a callback, and a client for each role."""
    _top, (east, west), points = factories.company()
    link = factories.link(points[0])

    def wish(place, name="王芳", phone="13800138000", week=date(2026, 11, 16)):
        contact = Contact(
            place_id=place.id,
            questionnaire_id=link.questionnaire_id,
            week=week,
            name=seal(name, "contact name"),
            phone=seal(phone, "contact phone"),
        )
        db.session.add(contact)
        db.session.commit()
        return contact.id

    def enter(role, place=None):
        return factories.sign_in(embedded_app.test_client(), factories.staff(role, place))

    return {"east": east, "west": west, "points": points, "wish": wish, "enter": enter}


def test_callers_read_contacts_and_a_manager_only_those_within_their_scope(office):
    office["wish"](office["points"][0])
    for client in (office["enter"]("administrator"), office["enter"]("manager", office["east"])):
        page = client.get("/admin/contacts/").text
        assert "王芳" in page
        assert 'href="tel:13800138000"' in page
    assert "王芳" not in office["enter"]("manager", office["west"]).get("/admin/contacts/").text


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_roles_without_callbacks_see_no_contact(office, role):
    assert office["enter"](role).get("/admin/contacts/").status_code == 403


def test_a_callback_is_marked_as_done_and_reopened(office):
    key, client = office["wish"](office["points"][0]), office["enter"]("manager", office["east"])
    assert post(client, f"/admin/contacts/{key}/done", {}).status_code == 303
    assert "王芳" not in client.get("/admin/contacts/").text
    assert "王芳" in client.get("/admin/contacts/?state=done").text
    assert post(client, f"/admin/contacts/{key}/open", {}).status_code == 303
    assert "王芳" in client.get("/admin/contacts/").text


def test_a_callback_outside_the_scope_or_unknown_is_not_marked(office):
    key, client = office["wish"](office["points"][0]), office["enter"]("manager", office["west"])
    for path in (f"{key}/done", f"{key}/open", f"{uuid.uuid4()}/done"):
        assert post(client, f"/admin/contacts/{path}", {}).status_code == 404
    assert db.session.get_one(Contact, key, populate_existing=True).done_on is None


def test_the_newest_week_comes_first_page_by_page(office):
    point = office["points"][0]
    for number in range(PAGE):
        office["wish"](point, name=f"N{number}")
    office["wish"](point, name="早", week=date(2026, 11, 9))
    client = office["enter"]("administrator")
    assert "早" not in client.get("/admin/contacts/").text
    assert "早" in client.get("/admin/contacts/?page=2").text


def test_a_contact_sealed_under_another_key_is_shown_as_lost(office):
    key = office["wish"](office["points"][0])
    db.session.get_one(Contact, key).phone = seal("13800138000", "something else")
    db.session.commit()
    page = office["enter"]("administrator").get("/admin/contacts/").text
    assert "tel:" not in page
    assert "/done" in page


def test_an_empty_list_says_how_to_get_callbacks(office):
    assert "contact" in office["enter"]("administrator").get("/admin/contacts/?lang=en").text


def test_marking_a_callback_twice_keeps_the_day_of_the_call(office):
    from survey.responses import calling

    key = office["wish"](office["points"][0])
    calling.mark_done(key, TODAY)
    calling.mark_done(key, date(2027, 1, 1))
    assert db.session.get_one(Contact, key, populate_existing=True).done_on == TODAY
    calling.mark_done(uuid.uuid4(), TODAY)
