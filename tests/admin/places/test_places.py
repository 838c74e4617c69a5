import re

import pytest
from sqlalchemy import event

from survey.db import db
from survey.places import queries, retirement
from tests import factories
from tests.admin.forms import post
from tests.factories import TODAY

PAGES = (
    "/admin/places/",
    "/admin/places/?q=网点",
    "/admin/places/EAST",
    "/admin/places/EAST/below",
    "/admin/places/P1",
    "/admin/employees/E1",
)
CHANGING = (
    "/admin/places/EAST/new",
    "/admin/places/P1/edit",
    "/admin/places/P1/move",
    "/admin/places/-/import/",
    "/admin/places/-/import/template.csv",
    "/admin/employees/new/at/P1",
    "/admin/employees/E1/edit",
    "/admin/employees/E1/move",
)


@pytest.mark.parametrize("role", ["administrator", "manager", "auditor", "marketing"])
def test_each_role_enters_only_its_pages(enter, role):
    client = enter(role)
    for url in (*PAGES, *CHANGING):
        expected = 403 if role == "marketing" or (role == "auditor" and url in CHANGING) else 200
        assert client.get(url, headers={"HX-Request": "true"}).status_code == expected, url
    expected = 200 if role == "administrator" else 403
    assert client.get("/admin/places/-/new").status_code == expected


def test_a_manager_sees_nothing_outside_their_scope(enter):
    client = enter("manager")
    for url in (
        "TOP",
        "WEST",
        "P2",
        "P2/edit",
        "P2/move",
        "WEST/new",
        "WEST/below",
        "nowhere",
        "%00",
        "x" * 999,
    ):
        assert client.get(f"/admin/places/{url}").status_code == 404, url
    for url in ("E2", "E2/edit", "E2/move", "new/at/P2", "%00"):
        assert client.get(f"/admin/employees/{url}").status_code == 404, url
    assert "P2" not in client.get("/admin/places/?q=P").text
    assert "WEST" not in client.get("/admin/places/").text


def test_a_search_needs_the_same_number_of_queries_for_many_results(enter, company):
    client = enter("administrator")

    def statements(wanted):
        executed = []

        def count(_connection, _cursor, statement, *_more):
            # The query for demonstration data runs every few seconds, not on every page.
            if not statement.startswith("SELECT EXISTS"):
                executed.append(statement)

        event.listen(db.engine, "before_cursor_execute", count)
        page = client.get(f"/admin/places/?q={wanted}")
        event.remove(db.engine, "before_cursor_execute", count)
        assert "WEST" in page.text
        return len(executed)

    few = statements("WEST")
    for _ in range(20):
        factories.place("point", company["WEST"], name="WEST 店")
    assert statements("WEST") == few


def test_a_search_shows_a_manager_the_path_from_the_top_of_their_scope(enter, company):
    page = enter("manager").get("/admin/places/?q=P1").text
    assert company["EAST"].name in page
    assert company["TOP"].name not in page


def test_a_manager_does_not_change_the_top_of_their_scope(enter):
    client = enter("manager")
    for act in ("retirement", "restoration", "deletion", "edit", "move"):
        assert post(client, f"/admin/places/EAST/{act}").status_code == 403


def test_a_manager_moves_nothing_outside_their_scope(enter):
    client = enter("manager")
    assert post(client, "/admin/places/P1/move", destination="WEST").status_code == 422
    assert post(client, "/admin/employees/E1/move", destination="P2").status_code == 422
    assert queries.place("P1").parent.code == "EAST"


def test_a_place_is_added_changed_moved_retired_restored_and_deleted(enter):
    client = enter("administrator")
    new = {"code": "N1", "name": "新网点", "name_en": "", "kind": "point"}
    assert post(client, "/admin/places/EAST/new", **new).status_code == 303
    assert post(client, "/admin/places/EAST/new", **new).status_code == 422
    assert post(client, "/admin/places/N1/edit", code="N2", name="改名", name_en="Renamed").status_code == 303
    assert post(client, "/admin/places/N2/move", destination="WEST").status_code == 303
    assert post(client, "/admin/places/N2/retirement").status_code == 303
    assert queries.place("N2").retired_on is not None
    assert post(client, "/admin/places/N2/restoration").status_code == 303
    assert queries.place("N2").retired_on is None
    assert post(client, "/admin/places/N2/deletion").status_code == 303
    assert queries.place("N2") is None


def test_invalid_entries_show_errors_beside_their_fields(enter):
    client = enter("administrator")
    answer = post(client, "/admin/places/EAST/new", code="a/b", name="", kind="town")
    assert answer.status_code == 422
    assert {"code-error", "name-error", "kind-error"} <= set(re.findall('id="([a-z]+-error)"', answer.text))


def test_a_place_with_references_is_not_deleted_and_the_page_says_why(enter):
    client = enter("administrator")
    post(client, "/admin/places/EAST/deletion")
    assert queries.place("EAST") is not None
    assert 'class="flash error"' in client.get("/admin/places/EAST").text


def test_a_retired_place_offers_to_be_restored(enter, company):
    client = enter("administrator")
    retirement.retire_place(company["EAST"], TODAY)
    assert "/admin/places/EAST/restoration" in client.get("/admin/places/EAST").text


def test_the_pages_of_employees_and_imports_belong_to_the_organisation(enter):
    client = enter("administrator")
    for url in ("/admin/places/", "/admin/employees/E1", "/admin/places/-/import/"):
        assert re.search('href="/admin/places/" aria-current="page"', client.get(url).text), url


@pytest.mark.parametrize(
    ("role", "offered"), [("administrator", True), ("manager", True), ("auditor", False)]
)
def test_places_and_employees_have_links_to_figures_and_links(enter, role, offered):
    client = enter(role)
    place, employee = client.get("/admin/places/P1").text, client.get("/admin/employees/E1").text
    assert 'href="/admin/indexes/P1"' in place
    assert 'href="/admin/links/?place=P1"' in place
    assert 'href="/admin/indexes/employees/E1"' in employee
    assert ('href="/admin/links/new?place=P1"' in place) is offered
    assert ('href="/admin/links/new?place=P1&amp;employee=E1"' in employee) is offered


def test_a_retired_place_offers_no_new_link(enter, company):
    retirement.retire_place(company["P1"], TODAY)
    client = enter("administrator")
    for page in ("places/P1", "employees/E1"):
        text = client.get(f"/admin/{page}").text
        assert "/admin/indexes/" in text
        assert "/admin/links/new" not in text
