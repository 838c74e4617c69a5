from __future__ import annotations

import re

import pytest

from survey.places import layout, queries
from tests.admin.forms import post


def upload(client, content):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get("/admin/places/-/import/").text)[1]
    # The body is built here because the test client leaves the temporary file of a large body open.
    part = '--cut\r\nContent-Disposition: form-data; name="'
    body = f'{part}csrf_token"\r\n\r\n{token}\r\n{part}file"; filename="a.csv"\r\n\r\n'.encode()
    return client.post(
        "/admin/places/-/import/preview",
        data=body + content + b"\r\n--cut--\r\n",
        content_type="multipart/form-data; boundary=cut",
    )


def sealed(answer):
    return re.search('name="file" value="([^"]+)"', answer.text)[1]


def test_a_good_file_is_previewed_and_written_on_confirmation(enter):
    client = enter("manager")
    answer = upload(client, "编码,名称,上级\nN1,一店,EAST\nN2,二店,EAST\n".encode("gb18030"))
    assert answer.status_code == 200
    assert "一店" in answer.text
    assert queries.place("N1") is None
    assert post(client, "/admin/places/-/import/", file=sealed(answer), rows="all").status_code == 303
    assert queries.place("N2").parent.code == "EAST"


def test_good_rows_of_a_file_with_bad_rows_are_written_only_when_asked(enter):
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


def test_a_taken_code_reveals_nothing_about_a_place_outside_the_scope(enter, company):
    client = enter("manager")
    for code in ("P2", "WEST"):
        layout.change(company[code], code, "秘密店", "Secret shop")
    problems = {}
    for code in ("P1", "P2"):
        file = sealed(upload(client, f"code,name,parent\n{code},一店,EAST\n".encode()))
        problems[code] = post(client, "/admin/places/-/import/problems.csv", file=file).text
    assert problems["P1"].replace("P1", "P2") == problems["P2"], "the same as for a code in their own scope"
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
def test_an_unreadable_file_shows_the_reason(enter, content):
    answer = upload(enter("administrator"), content)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


@pytest.mark.parametrize("file", ["", "forged", "a.b.c"])
def test_a_forged_file_is_rejected(enter, file):
    client = enter("administrator")
    assert post(client, "/admin/places/-/import/", file=file).status_code == 303
    assert post(client, "/admin/places/-/import/problems.csv", file=file).status_code == 410


def test_a_form_without_a_file_asks_to_choose_a_file(enter):
    answer = post(enter("administrator"), "/admin/places/-/import/preview", page="/admin/places/-/import/")
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text
    assert re.search(r'id="file-error">\s*<span[^<]*</span>[^<\s]', answer.text)
