from __future__ import annotations

import re
from datetime import date

import pytest

from survey.weighting import queries
from tests.admin.forms import post

IMPORT = "/admin/totals/-/import/"


@pytest.fixture
def client(enter):
    return enter("administrator")


def upload(client, text: str, month: str = "2026-03"):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(IMPORT).text)[1]
    part = '--cut\r\nContent-Disposition: form-data; name="'
    body = f'{part}csrf_token"\r\n\r\n{token}\r\n{part}month"\r\n\r\n{month}\r\n'
    body += f'{part}file"; filename="a.csv"\r\n\r\n{text}\r\n--cut--\r\n'
    return client.post(
        IMPORT + "preview", data=body.encode(), content_type="multipart/form-data; boundary=cut"
    )


def sealed(answer) -> str:
    return re.search('name="file" value="([^"]+)"', answer.text)[1]


def stored() -> dict[int, float]:
    return {total.place_id: total.customers for total in queries.of_month(date(2026, 3, 1))}


def test_a_good_file_is_shown_first_and_written_on_confirmation(client, company):
    answer = upload(client, "编码,顾客数\nP1,5200\n")
    assert answer.status_code == 200
    assert "5,200" in answer.text
    assert stored() == {}
    assert post(client, IMPORT, page=IMPORT, file=sealed(answer), rows="all").status_code == 303
    assert stored() == {company["P1"].id: 5200}


def test_good_rows_of_a_file_with_bad_rows_are_written_on_request(client, company):
    answer = upload(client, "place,customers\nP1,5\nEAST,7\nNONE,7\n")
    file = sealed(answer)
    assert post(client, IMPORT, page=IMPORT, file=file, rows="all").status_code == 422
    assert stored() == {}
    problems = post(client, IMPORT + "problems.csv", page=IMPORT, file=file)
    assert [line.split(",")[0] for line in problems.text.splitlines()[1:]] == ["3", "4"]
    assert post(client, IMPORT, page=IMPORT, file=file, rows="good").status_code == 303
    assert stored() == {company["P1"].id: 5}


@pytest.mark.parametrize(
    ("text", "month"), [("", "2026-03"), ("place\nP1\n", "2026-03"), ("place,customers\nP1,5\n", "")]
)
def test_a_file_or_month_that_cannot_be_read_is_rejected_with_a_reason(client, company, text, month):
    answer = upload(client, text, month)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_forged_file_is_not_written(client, company):
    assert post(client, IMPORT, page=IMPORT, file="forged", rows="all").location.endswith(IMPORT)
    assert post(client, IMPORT + "problems.csv", page=IMPORT, file="forged").status_code == 410
    assert stored() == {}


def test_the_template_can_be_downloaded(client):
    assert "customers" in client.get(IMPORT + "template.csv").text
