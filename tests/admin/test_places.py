import re

import pytest
from sqlalchemy import event

from survey.db import db
from survey.places import layout, queries, retirement
from tests import factories
from tests.conftest import TODAY

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


@pytest.fixture
def company(embedded_app):
    top = factories.place("group", code="TOP")
    east, west = (factories.place("region", top, code) for code in ("EAST", "WEST"))
    point, other = factories.place("point", east, "P1"), factories.place("point", west, "P2")
    factories.employee(point, "E1")
    factories.employee(other, "E2")
    return {"TOP": top, "EAST": east, "WEST": west, "P1": point, "P2": other}


@pytest.fixture
def enter(embedded_app, sign_in, company):
    def as_(role):
        return sign_in(
            embedded_app.test_client(), factories.staff(role, company["EAST"] if role == "manager" else None)
        )

    return as_


def post(client, url, page=None, **data):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(page or "/admin/places/").text)
    assert token is not None
    return client.post(url, data={"csrf_token": token[1], **data}, follow_redirects=False)


@pytest.mark.parametrize("role", ["administrator", "manager", "auditor", "marketing"])
def test_each_role_enters_what_is_its_own(enter, role):
    client = enter(role)
    for url in (*PAGES, *CHANGING):
        expected = 403 if role == "marketing" or (role == "auditor" and url in CHANGING) else 200
        assert client.get(url, headers={"HX-Request": "true"}).status_code == expected, url
    expected = 200 if role == "administrator" else 403
    assert client.get("/admin/places/-/new").status_code == expected


def test_a_manager_sees_nothing_outside_her_part(enter):
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


def test_a_search_asks_the_database_as_often_for_many_results_as_for_one(enter, company):
    client = enter("administrator")

    def statements(wanted):
        found = []
        count = lambda *args: found.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", count)
        page = client.get(f"/admin/places/?q={wanted}")
        event.remove(db.engine, "before_cursor_execute", count)
        assert "WEST" in page.text
        return len(found)

    few = statements("WEST")
    for _ in range(20):
        factories.place("point", company["WEST"], name="WEST 店")
    assert statements("WEST") == few


def test_a_search_shows_a_manager_the_way_from_the_top_of_her_part(enter, company):
    page = enter("manager").get("/admin/places/?q=P1").text
    assert company["EAST"].name in page
    assert company["TOP"].name not in page


def test_a_manager_does_not_change_the_top_of_her_part(enter):
    client = enter("manager")
    for act in ("retirement", "restoration", "deletion", "edit", "move"):
        assert post(client, f"/admin/places/EAST/{act}").status_code == 403


def test_a_manager_moves_nothing_outside_her_part(enter):
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


def test_bad_entries_are_named_beside_their_fields(enter):
    client = enter("administrator")
    answer = post(client, "/admin/places/EAST/new", code="a/b", name="", kind="town")
    assert answer.status_code == 422
    assert {"code-error", "name-error", "kind-error"} <= set(re.findall('id="([a-z]+-error)"', answer.text))


def test_an_employee_is_added_changed_moved_retired_restored_and_deleted(enter):
    client = enter("administrator")
    assert post(client, "/admin/employees/new/at/P1", code="N1", name="王芳").status_code == 303
    assert post(client, "/admin/employees/new/at/P1", code="N1", name="王芳").status_code == 422
    assert post(client, "/admin/employees/N1/edit", code="N2", name="王芳芳").status_code == 303
    assert post(client, "/admin/employees/N2/move", destination="EAST").status_code == 422
    assert post(client, "/admin/employees/N2/move", destination="P2").status_code == 303
    assert queries.employee("N2").place.code == "P2"
    for act in ("retirement", "restoration", "deletion"):
        assert post(client, f"/admin/employees/N2/{act}").status_code == 303
    assert queries.employee("N2") is None


def test_what_is_referred_to_is_not_deleted_and_says_why(enter):
    client = enter("administrator")
    post(client, "/admin/places/EAST/deletion")
    assert queries.place("EAST") is not None
    assert 'class="flash error"' in client.get("/admin/places/EAST").text


def test_a_retired_place_offers_to_be_restored(enter, company):
    client = enter("administrator")
    retirement.retire_place(company["EAST"], TODAY)
    assert "/admin/places/EAST/restoration" in client.get("/admin/places/EAST").text


def upload(client, content):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get("/admin/places/-/import/").text)[1]
    # Written out: the test client leaves the temporary file of a large body open.
    part = '--cut\r\nContent-Disposition: form-data; name="'
    body = f'{part}csrf_token"\r\n\r\n{token}\r\n{part}file"; filename="a.csv"\r\n\r\n'.encode()
    return client.post(
        "/admin/places/-/import/preview",
        data=body + content + b"\r\n--cut--\r\n",
        content_type="multipart/form-data; boundary=cut",
    )


def sealed(answer):
    return re.search('name="file" value="([^"]+)"', answer.text)[1]


def test_a_good_file_is_shown_first_and_written_on_confirmation(enter):
    client = enter("manager")
    answer = upload(client, "编码,名称,上级\nN1,一店,EAST\nN2,二店,EAST\n".encode("gb18030"))
    assert answer.status_code == 200
    assert "一店" in answer.text
    assert queries.place("N1") is None
    assert post(client, "/admin/places/-/import/", file=sealed(answer), rows="all").status_code == 303
    assert queries.place("N2").parent.code == "EAST"


def test_a_file_with_bad_rows_is_written_only_as_far_as_asked(enter):
    client = enter("manager")
    answer = upload(client, "code,name,parent\nN1,一店,EAST\nN2,,EAST\nN3,三店,WEST\n".encode())
    file = sealed(answer)
    assert post(client, "/admin/places/-/import/", file=file, rows="all").status_code == 422
    assert queries.place("N1") is None
    listed = post(client, "/admin/places/-/import/problems.csv", file=file)
    assert [line.split(",")[0] for line in listed.text.splitlines()[1:]] == ["3", "4"]
    assert post(client, "/admin/places/-/import/", file=file, rows="good").status_code == 303
    assert queries.place("N1") is not None
    assert queries.place("N3") is None


def test_a_taken_code_tells_a_manager_nothing_about_the_place_that_has_it(enter, company):
    client = enter("manager")
    for code in ("P2", "WEST"):
        layout.change(company[code], code, "秘密店", "Secret shop")
    told = {}
    for code in ("P1", "P2"):
        file = sealed(upload(client, f"code,name,parent\n{code},一店,EAST\n".encode()))
        told[code] = post(client, "/admin/places/-/import/problems.csv", file=file).text
    assert told["P1"].replace("P1", "P2") == told["P2"], "the same as for a code in her own part"
    answers = [
        upload(client, "code,name,parent\nP2,一店,EAST\nA,二店,P2\nB,三店,WEST\n".encode()),
        post(client, "/admin/places/EAST/new", code="P2", name="一店", name_en="", kind="point"),
        post(client, "/admin/places/P1/edit", code="P2", name="一店", name_en=""),
        post(client, "/admin/places/P1/move", destination="P2"),
    ]
    for answer in answers:
        assert "秘密店" not in answer.text
        assert "Secret shop" not in answer.text
    assert [answer.status_code for answer in answers] == [200, 422, 422, 422]


@pytest.mark.parametrize(
    "content",
    [b"", b"code,name\n", b"\x89PNG\r\n\x1a\n\0\0", b"code,name\n" + b"x" * 1_000_000, b"PK\x03\x04",
     b'code,name\nA,"B\n', b"what,ever\n1,2\n", b"x" * (2 * 1024 * 1024 + 1)],
    ids=["empty", "header only", "binary", "long line", "workbook", "quote", "other columns", "too large"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(enter, content):
    answer = upload(enter("administrator"), content)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


@pytest.mark.parametrize("file", ["", "forged", "a.b.c"])
def test_a_forged_file_is_not_read(enter, file):
    client = enter("administrator")
    assert post(client, "/admin/places/-/import/", file=file).status_code == 303
    assert post(client, "/admin/places/-/import/problems.csv", file=file).status_code == 410


def test_a_form_without_a_file_says_that_one_is_to_be_chosen(enter):
    answer = post(enter("administrator"), "/admin/places/-/import/preview", page="/admin/places/-/import/")
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text
    assert re.search(r'id="file-error">.*</span>[^<\s]', answer.text)


def test_the_pages_of_employees_and_imports_lie_in_the_organisation(enter):
    client = enter("administrator")
    for url in ("/admin/places/", "/admin/employees/E1", "/admin/places/-/import/"):
        assert re.search('href="/admin/places/" aria-current="page"', client.get(url).text), url


@pytest.mark.parametrize(
    ("role", "offered"), [("administrator", True), ("manager", True), ("auditor", False)]
)
def test_a_place_and_an_employee_lead_to_figures_and_links(enter, role, offered):
    client = enter(role)
    place, employee = client.get("/admin/places/P1").text, client.get("/admin/employees/E1").text
    assert 'href="/admin/indexes/P1"' in place
    assert 'href="/admin/links/?place=P1"' in place
    assert 'href="/admin/indexes/employees/E1"' in employee
    assert ('href="/admin/links/new?place=P1"' in place) is offered
    assert ('href="/admin/links/new?place=P1&amp;employee=E1"' in employee) is offered


def test_what_is_retired_is_offered_no_new_link(enter, company):
    retirement.retire_place(company["P1"], TODAY)
    client = enter("administrator")
    for page in ("places/P1", "employees/E1"):
        text = client.get(f"/admin/{page}").text
        assert "/admin/indexes/" in text
        assert "/admin/links/new" not in text
