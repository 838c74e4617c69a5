from __future__ import annotations

from survey.db import db
from survey.rewards import picturing
from tests import factories
from tests.survey.rewards.pictures import file


def test_a_picture_may_be_kept_for_ever_for_its_address_is_its_content(embedded_app, embedded_client):
    reward = factories.reward()
    picturing.illustrate(reward.id, file())
    db.session.expire_all()
    reply = embedded_client.get(f"/pictures/{reward.picture_id}")
    assert reply.status_code == 200
    assert reply.mimetype == "image/webp"
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in reply.headers
    assert reply.data[:4] == b"RIFF"


def test_there_is_no_other_picture(embedded_client):
    for digest in ("0" * 64, "nothing", "..%2f..%2fetc"):
        assert embedded_client.get(f"/pictures/{digest}").status_code == 404
