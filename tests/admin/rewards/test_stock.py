from __future__ import annotations

import pytest

from survey.rewards.queries import catalogue as queries
from tests import factories
from tests.admin.files import sealed, send_file
from tests.admin.forms import post


@pytest.fixture
def client(enter):
    return enter("marketing")


@pytest.fixture
def gift(company):
    return factories.reward("gift", stock={company["P1"]: 5})


@pytest.fixture
def url(gift):
    return f"/admin/rewards/{gift.id}/stock/"


def test_each_service_point_shows_what_is_left(client, url):
    page = client.get(url).text
    assert page.count('name="remaining"') == 2
    assert 'value="5"' in page
    assert client.get(url + "?q=P2").text.count('name="remaining"') == 1
    assert 'name="remaining"' not in client.get(url + "?q=nothing").text
    assert client.get(url + "?page=99").text.count('name="remaining"') == 2


def test_stock_is_set_for_a_service_point_unless_items_were_taken(client, url, gift, company):
    back = post(client, url + "P1?q=P1&page=1", page=url, remaining="8", seen="5")
    assert back.headers["Location"] == url + "?q=P1&page=1"
    assert queries.stock(gift.id) == {company["P1"].id: 8}
    post(client, url + "P1", page=url, remaining="9", seen="7")
    assert queries.stock(gift.id) == {company["P1"].id: 8}


@pytest.mark.parametrize("number", ["", "-1", "1.5", "１", "x", "9999999999", "1000001"])
def test_an_invalid_number_changes_nothing(client, url, gift, company, number):
    assert post(client, url + "P1", page=url, remaining=number, seen="5").status_code == 303
    assert "flash error" in client.get(url).text
    assert queries.stock(gift.id) == {company["P1"].id: 5}


def test_a_file_is_shown_first_and_written_on_confirmation(client, url, gift, company):
    new, text = url + "-/import", "编码,库存\nP1,1\nP2,2\n"
    answer = send_file(client, new, url + "-/preview", text.encode())
    assert answer.status_code == 200
    assert queries.stock(gift.id) == {company["P1"].id: 5}
    assert post(client, new, page=new, file=sealed(answer), rows="all").status_code == 303
    assert queries.stock(gift.id) == {company["P1"].id: 1, company["P2"].id: 2}


def test_invalid_rows_are_listed_and_skipped_on_request(client, url, gift, company):
    new = url + "-/import"
    file = sealed(send_file(client, new, url + "-/preview", b"place,stock\nP1,1\nNONE,2\nP2,-2\n"))
    assert post(client, new, page=new, file=file, rows="all").status_code == 422
    listed = post(client, url + "-/problems.csv", page=new, file=file).text.splitlines()
    assert [line.partition(",")[0] for line in listed[1:]] == ["3", "4"]
    assert post(client, new, page=new, file=file, rows="good").status_code == 303
    assert queries.stock(gift.id) == {company["P1"].id: 1}


def test_a_file_without_a_table_and_a_forged_form_are_rejected(client, url):
    new = url + "-/import"
    assert send_file(client, new, url + "-/preview", b"nothing").status_code == 422
    assert post(client, url + "-/preview", page=new).status_code == 422
    assert post(client, new, page=new, file="forged").headers["Location"] == new
    assert post(client, url + "-/problems.csv", page=new, file="forged").status_code == 410
    assert "place,stock" in client.get(url + "-/template.csv").text


def test_auditors_read_the_stock_and_set_nothing(enter, url):
    client = enter("auditor")
    assert 'name="remaining"' not in client.get(url).text
    assert client.get(url + "-/import").status_code == 403
