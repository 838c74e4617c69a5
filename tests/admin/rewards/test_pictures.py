from __future__ import annotations

import pytest

from survey.db import db
from tests import factories
from tests.admin.files import send_file
from tests.admin.forms import post
from tests.survey.rewards.pictures import file


@pytest.fixture
def client(enter):
    return enter("marketing")


@pytest.fixture
def reward(embedded_app):
    return factories.reward()


@pytest.fixture
def url(reward):
    return f"/admin/rewards/{reward.id}/picture/"


def test_a_picture_is_uploaded_shown_and_removed(client, reward, url):
    assert send_file(client, url, url, file(), "cup.png").status_code == 303
    db.session.expire_all()
    address = f"/pictures/{reward.picture_id}"
    assert address in client.get(url).text
    assert address in client.get(f"/admin/rewards/{reward.id}/phone").text
    assert post(client, url + "removal", page=url).status_code == 303
    db.session.expire_all()
    assert reward.picture_id is None


def test_a_photograph_of_several_megabytes_is_accepted(client, reward, url):
    large = file() + bytes(6 * 1024 * 1024)
    assert send_file(client, url, url, large, "large.png").status_code == 303


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"GIF89a", bytes(8 * 1024 * 1024 + 1)])
def test_a_file_without_a_picture_is_rejected_with_a_sentence(client, reward, url, data):
    reply = send_file(client, url, url, data, "a.png")
    assert reply.status_code == 422
    assert 'class="error"' in reply.text
    db.session.expire_all()
    assert reward.picture_id is None


def test_a_form_without_a_file_asks_for_one(client, url):
    assert post(client, url, page=url).status_code == 422
