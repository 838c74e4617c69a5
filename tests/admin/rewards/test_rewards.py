from __future__ import annotations

import re
import uuid

import pytest

from survey import headers, settings
from survey.db import db
from survey.rewards import catalogue, redemption
from survey.rewards.models.catalogue import Reward
from tests import factories
from tests.admin.forms import post

REWARDS = "/admin/rewards/"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def client(enter):
    return enter("marketing")


def typed(**changes: object) -> dict[str, object]:
    plain = {"title_zh": "洗车券", "price": "20", "starts_on": "2026-11-01", "hold_days": "30"}
    return plain | changes


def stored_reward() -> Reward | None:
    db.session.rollback()
    return db.session.query(Reward).order_by(Reward.id.desc()).first()


def test_the_empty_page_shows_how_to_begin(client):
    assert "/admin/rewards/-/new" in client.get(REWARDS).text
    page = client.get(REWARDS + "-/new").text
    assert all(
        f"/admin/rewards/-/new/{kind}" in page for kind in ("gift", "generated", "discount", "uploaded")
    )


def test_a_discount_is_entered_in_yuan_and_stored_in_fen(client, company):
    url = REWARDS + "-/new/discount"
    reply = post(client, url, page=url, **typed(amount_off="30.50", minimum_spend="200", place="EAST"))
    reward = stored_reward()
    assert reply.headers["Location"] == f"/admin/rewards/{reward.id}"
    assert (reward.kind, reward.amount_off, reward.minimum_spend) == ("discount", 3050, 20000)
    assert reward.place.code == "EAST"
    assert "¥30.50" in client.get(f"/admin/rewards/{reward.id}").text


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("gift", {"title_zh": ""}),
        ("gift", {"title_zh": "x" * 61}),
        ("gift", {"price": "0"}),
        ("gift", {"price": "-1"}),
        ("gift", {"price": "1.5"}),
        ("gift", {"price": "99999999999999999999"}),
        ("gift", {"starts_on": "soon"}),
        ("gift", {"ends_on": "2026-10-31"}),
        ("gift", {"hold_days": "366"}),
        ("gift", {"per_wallet": "0"}),
        ("gift", {"place": "nowhere"}),
        ("discount", {}),
        ("discount", {"amount_off": "5", "percent_off": "5"}),
        ("discount", {"amount_off": "-5"}),
        ("discount", {"amount_off": "NaN"}),
        ("discount", {"percent_off": "101"}),
        ("generated", {"remaining": "-1"}),
    ],
)
def test_invalid_terms_are_shown_and_no_reward_is_made(client, kind, wrong):
    url = f"{REWARDS}-/new/{kind}"
    reply = post(client, url, page=url, **typed(**wrong))
    assert reply.status_code == 422
    assert 'class="errors"' in reply.text
    assert stored_reward() is None


def test_an_unknown_type_is_not_found(client):
    assert client.get(REWARDS + "-/new/lottery").status_code == 404


def test_the_list_shows_what_is_left_reserved_and_handed_out(client):
    reward, owner = factories.reward(remaining=7, price=10), factories.wallet(10)
    redemption.reserve(uuid.uuid4(), owner.id, reward.id, 10, settings.current().today())
    row = client.get(REWARDS, headers=ENGLISH).text.partition("<tbody>")[2]
    numbers = re.findall(r'<td class="num"[^>]*>([^<]*)<', row)
    assert numbers == ["10", "6", "1", "0"]
    assert "Available" in row


@pytest.mark.parametrize(
    ("terms", "state"),
    [
        ({"ends_on": factories.PUBLISHED_ON}, "Ended"),
        ({"starts_on": factories.NOON.date().replace(year=2090)}, "Upcoming"),
        ({"remaining": 0}, "None left"),
    ],
)
def test_the_list_shows_the_state(client, terms, state):
    factories.reward(**terms)
    assert state in client.get(REWARDS, headers=ENGLISH).text


def test_a_change_does_not_overwrite_a_redemption(client):
    reward, owner = factories.reward(remaining=7, price=10), factories.wallet(10)
    url = f"/admin/rewards/{reward.id}/edit"
    assert 'name="seen" type="hidden" value="7"' in client.get(url).text
    redemption.reserve(uuid.uuid4(), owner.id, reward.id, 10, settings.current().today())
    stale = post(client, url, page=url, **typed(remaining="9", seen="7"))
    assert stale.status_code == 422
    assert post(client, url, page=url, **typed(remaining="7", seen="7")).status_code == 303
    assert (stored_reward().price, stored_reward().remaining) == (20, 6)
    assert post(client, url, page=url, **typed(remaining="", seen="6")).status_code == 303
    assert stored_reward().remaining is None


def test_a_reward_is_withdrawn_and_restored(client):
    reward = factories.reward()
    today = settings.current().today()
    for act, offered in (("withdrawal", 0), ("restoration", 1)):
        assert (
            post(client, f"/admin/rewards/{reward.id}/{act}", page=REWARDS + "-/new/gift").status_code == 303
        )
        assert len(catalogue.rewards_on_offer(today)) == offered
    assert post(client, "/admin/rewards/999/withdrawal", page=REWARDS + "-/new/gift").status_code == 404


def test_a_frame_shows_the_reward_as_customers_see_it(client):
    point = factories.place(name="东门店")
    gift = factories.reward("gift", price=80, stock={point: 1})
    page = client.get(f"/admin/rewards/{gift.id}")
    assert page.headers[headers.CSP] == headers.FRAMING
    phone = client.get(f"/admin/rewards/{gift.id}/phone")
    assert phone.headers[headers.CSP] == headers.FRAMED
    assert "东门店" in phone.text
    assert "csrf_token" not in phone.text
    assert "type=button" in phone.text, "nothing can be taken on it"


@pytest.mark.parametrize("role", ["manager", "counter"])
def test_managers_and_counter_staff_cannot_open_rewards(embedded_app, sign_in, company, role):
    client = sign_in(embedded_app.test_client(), factories.staff(role, company["P1"]))
    assert client.get(REWARDS).status_code == 403


def test_auditors_read_and_change_nothing(enter):
    reward, client = factories.reward(), enter("auditor")
    assert "/edit" not in client.get(f"/admin/rewards/{reward.id}").text
    assert client.get(f"/admin/rewards/{reward.id}/edit").status_code == 403
