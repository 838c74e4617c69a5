from __future__ import annotations

import pytest

from survey.rewards import catalogue
from tests import factories
from tests.admin.files import sealed, send_file
from tests.admin.forms import post
from tests.catalogue import zh


@pytest.fixture
def client(enter):
    return enter("marketing")


@pytest.fixture
def reward(embedded_app):
    return factories.reward("uploaded", codes="OLD-1\n")


@pytest.fixture
def url(reward):
    return f"/admin/rewards/{reward.id}/codes/"


def preview(client, url: str, text: str):
    return send_file(client, url, url + "preview", text.encode("gb18030"))


def left(reward) -> int:
    return catalogue.offered_reward(reward.id).left


def test_valid_codes_are_shown_first_and_added_on_confirmation(client, reward, url):
    answer = preview(client, url, "券码\nJD-1\nJD-2\n")
    assert answer.status_code == 200
    assert "JD-1" in answer.text
    assert left(reward) == 1
    assert post(client, url, page=url, file=sealed(answer), rows="all").status_code == 303
    assert left(reward) == 3


def test_invalid_lines_are_listed_and_skipped_on_request(client, reward, url):
    answer = preview(client, url, "A\n\nA\nOLD-1\n" + "x" * 65)
    file = sealed(answer)
    assert answer.text.count('<td class="num">') == 4
    assert post(client, url, page=url, file=file, rows="all").status_code == 422
    listed = post(client, url + "problems.csv", page=url, file=file).text.splitlines()
    assert [line.partition(",")[0] for line in listed[1:]] == ["2", "3", "4", "5"]
    assert post(client, url, page=url, file=file, rows="good").status_code == 303
    assert left(reward) == 2


def test_the_same_confirmation_twice_adds_nothing(client, reward, url):
    file = sealed(preview(client, url, "JD-1\n"))
    for _tap in range(2):
        assert post(client, url, page=url, file=file, rows="all").status_code == 303
    assert left(reward) == 2
    sentence = zh("All codes in this file have already been added.")
    assert sentence in client.get(f"/admin/rewards/{reward.id}").text


def test_a_file_without_codes_and_a_forged_form_are_rejected(client, reward, url):
    assert preview(client, url, "").status_code == 422
    assert send_file(client, url, url + "preview", b"PK\x03\x04 and so on").status_code == 422
    assert post(client, url + "preview", page=url).status_code == 422
    assert post(client, url, page=url, file="forged").headers["Location"] == url
    assert post(client, url + "problems.csv", page=url, file="forged").status_code == 410
    assert left(reward) == 1


def test_only_a_coupon_with_uploaded_codes_has_the_page(client):
    assert client.get(f"/admin/rewards/{factories.reward().id}/codes/").status_code == 404
