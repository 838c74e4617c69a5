from __future__ import annotations

import re
from datetime import date

import pytest

from survey.targets import queries
from tests import factories
from tests.admin.forms import post

IMPORT = "/admin/targets/-/import/"
HEAD = "place,questionnaire,figure,month,value\n"


@pytest.fixture
def client(enter):
    factories.version("service-satisfaction")
    return enter("administrator")


def upload(client, text: str, encoding: str = "utf-8"):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(IMPORT).text)[1]
    part = '--cut\r\nContent-Disposition: form-data; name="'
    body = f'{part}csrf_token"\r\n\r\n{token}\r\n{part}file"; filename="a.csv"\r\n\r\n'.encode()
    return client.post(
        IMPORT + "preview",
        data=body + text.encode(encoding) + b"\r\n--cut--\r\n",
        content_type="multipart/form-data; boundary=cut",
    )


def sealed(answer) -> str:
    return re.search('name="file" value="([^"]+)"', answer.text)[1]


def stored(place) -> list[float]:
    return list(queries.of_places([place.id], 0, "index", date(2026, 1, 1), date(2026, 12, 1)).values())


def test_a_good_file_is_shown_first_and_written_on_confirmation(client, company):
    answer = upload(client, "编码,指标,月份,目标\nEAST,指数,2026,80\nP1,质量,2026-03,75\n", "gb18030")
    assert answer.status_code == 200
    assert "EAST" in answer.text
    assert stored(company["EAST"]) == []
    assert post(client, IMPORT, page=IMPORT, file=sealed(answer), rows="all").status_code == 303
    assert stored(company["EAST"]) == [80] * 12


def test_good_rows_of_a_file_with_bad_rows_are_written_on_request(client, company):
    answer = upload(client, HEAD + "EAST,,index,2026-01,80\nNONE,,index,2026-01,80\nP1,,index,2026-01,800\n")
    file = sealed(answer)
    assert post(client, IMPORT, page=IMPORT, file=file, rows="all").status_code == 422
    assert stored(company["EAST"]) == []
    problems = post(client, IMPORT + "problems.csv", page=IMPORT, file=file)
    assert [line.split(",")[0] for line in problems.text.splitlines()[1:]] == ["3", "4"]
    assert post(client, IMPORT, page=IMPORT, file=file, rows="good").status_code == 303
    assert stored(company["EAST"]) == [80]
    assert stored(company["P1"]) == []


def test_a_file_that_is_not_a_table_is_rejected(client):
    assert upload(client, "nothing\n").status_code == 422
    assert upload(client, HEAD).status_code == 422
    assert upload(client, HEAD + "x" * (2 * 1024 * 1024 + 1)).status_code == 422
    assert post(client, IMPORT + "preview", page=IMPORT).status_code == 422


def test_a_forged_file_is_not_written(client):
    assert post(client, IMPORT, page=IMPORT, file="forged").headers["Location"] == IMPORT
    assert post(client, IMPORT + "problems.csv", page=IMPORT, file="forged").status_code == 410


def test_the_template_has_the_columns(client):
    assert "place,questionnaire,figure,month,value" in client.get(IMPORT + "template.csv").text


@pytest.mark.parametrize("role", ["manager", "auditor", "marketing"])
def test_only_administrators_import(enter, role):
    assert enter(role).get(IMPORT).status_code == 403
