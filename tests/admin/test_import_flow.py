from __future__ import annotations

import pytest

from tests import factories
from tests.admin.files import sealed, send_file
from tests.admin.forms import post

IMPORTS = ["/admin/places/-/import/", "/admin/targets/-/import/", "/admin/totals/-/import/"]


@pytest.fixture
def client(enter):
    return enter("administrator")


def test_a_file_checked_for_one_reward_does_not_confirm_another(client):
    checked, other = (f"/admin/rewards/{factories.reward('uploaded').id}/codes/" for _ in range(2))
    file = sealed(send_file(client, checked, checked + "preview", b"JD-1\n"))
    answer = post(client, other, page=other, file=file, rows="all")
    assert (answer.status_code, answer.headers["Location"]) == (303, other)
    assert post(client, other + "problems.csv", page=other, file=file).status_code == 410
    assert post(client, checked, page=checked, file=file, rows="all").headers["Location"] != checked


@pytest.mark.parametrize("page", IMPORTS)
def test_an_import_can_read_its_own_template(client, page):
    template = client.get(page + "template.csv")
    assert template.headers["Content-Disposition"].startswith("attachment; filename=")
    answer = send_file(client, page, page + "preview", template.data, month="2026-11")
    assert answer.status_code == 200
    assert sealed(answer)


def test_an_import_without_a_template_offers_none(client):
    page = f"/admin/rewards/{factories.reward('uploaded').id}/codes/"
    assert "template.csv" not in client.get(page).text
    assert client.get(page + "template.csv").status_code == 404
