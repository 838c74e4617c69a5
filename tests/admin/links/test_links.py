import pytest

from survey.links import queries
from survey.rewards.campaigns import pause
from survey.rewards.queries import campaigns
from tests import factories

ROLES = ("administrator", "marketing", "auditor")


@pytest.fixture
def office(embedded_app, embedded_client):
    """Return a company with a link at its first point, in the east, and a client for each role."""
    top, (east, west), points = factories.company()
    link = factories.link(points[0])

    def enter(role: str, place=None):
        return factories.sign_in(embedded_app.test_client(), factories.staff(role, place))

    return {"top": top, "east": east, "west": west, "points": points, "link": link, "enter": enter}


def test_every_role_reads_and_a_manager_sees_only_their_scope(office):
    link = office["link"]
    readers = [office["enter"](role) for role in ROLES] + [office["enter"]("manager", office["east"])]
    for client in readers:
        assert link.code in client.get("/admin/links/").text
        page = client.get(f"/admin/links/{link.code}")
        assert "<svg" in page.text
        assert f"http://localhost/s/{link.code}" in page.text
        assert 'role="alert"' in page.text  # the address is localhost, which phones cannot reach
    stranger = office["enter"]("manager", office["west"])
    assert link.code not in stranger.get("/admin/links/").text
    for path in (f"links/{link.code}", f"links/{link.code}/qr.svg", f"posters/link/{link.code}.pdf"):
        assert stranger.get(f"/admin/{path}").status_code == 404
    assert stranger.get(f"/admin/links/?place={office['east'].code}").status_code == 404
    assert stranger.get(f"/admin/posters/{office['east'].code}.pdf").status_code == 404


def test_the_list_is_filtered_by_place_and_sent_as_a_part(office):
    client = office["enter"]("administrator")
    link = office["link"]
    assert link.code not in client.get(f"/admin/links/?place={office['west'].code}").text
    part = client.get(f"/admin/links/?q={link.code}", headers={"HX-Request": "true"})
    assert link.code in part.text
    assert "<html" not in part.text


def test_missing_links_of_a_region_are_created_once(office):
    client = office["enter"]("manager", office["east"])
    fields = {"place": office["east"].code, "questionnaire": "service-satisfaction"}
    for _ in range(2):
        assert post(client, "/admin/links/new", fields).status_code == 303
    assert queries.count_links() == 2
    fields["place"] = office["west"].code
    assert post(client, "/admin/links/new", fields).status_code == 422
    assert queries.count_links() == 2


def test_an_existing_link_is_shown_instead_of_created(office):
    fields = {"place": office["points"][0].code, "questionnaire": "service-satisfaction"}
    answer = post(office["enter"]("administrator"), "/admin/links/new", fields)
    assert answer.location.endswith(office["link"].code)


def test_an_employee_gets_a_link_only_at_their_own_point(office):
    person = factories.employee(office["points"][1])
    fields = {"questionnaire": "service-satisfaction", "employee": person.code}
    client = office["enter"]("administrator")
    for wrong in (office["points"][0].code, office["east"].code):
        assert post(client, "/admin/links/new", fields | {"place": wrong}).status_code == 422
    assert post(client, "/admin/links/new", fields | {"place": office["points"][1].code}).status_code == 303


def test_the_page_shows_the_points_that_a_response_earns(office):
    page = f"/admin/links/{office['link'].code}"
    client = office["enter"]("marketing")
    assert "10 points" in client.get(page, headers={"Accept-Language": "en"}).text
    for campaign in campaigns.campaigns():
        pause(campaign.id)
    assert "None: no campaign applies today" in client.get(page, headers={"Accept-Language": "en"}).text


def test_marketing_neither_creates_nor_retires_links(office):
    client, code = office["enter"]("marketing"), office["link"].code
    assert client.get("/admin/links/new").status_code == 403
    assert post(client, f"/admin/links/{code}/retire", {}).status_code == 403


def test_a_link_is_retired_and_restored(office):
    client, code = office["enter"]("manager", office["east"]), office["link"].code
    post(client, f"/admin/links/{code}/retire", {})
    assert not queries.link(code).in_use
    assert client.get(f"/s/{code}").status_code == 410
    post(client, f"/admin/links/{code}/restore", {})
    assert client.get(f"/s/{code}").status_code == 200


def test_qr_codes_are_downloaded(office):
    client, code = office["enter"]("marketing"), office["link"].code
    assert client.get(f"/admin/links/{code}/qr.svg").text.startswith("<svg")
    assert client.get(f"/admin/links/{code}/qr.png").data.startswith(b"\x89PNG")


def post(client, path, fields):
    page = client.get("/admin/links/").text
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    return client.post(path, data=fields | {"csrf_token": token})
