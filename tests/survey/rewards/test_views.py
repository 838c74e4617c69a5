from __future__ import annotations

import pytest
from flask_babel import gettext

from survey.db import db
from survey.rewards import picturing
from survey.rewards.views import percent_off_text
from tests import factories
from tests.survey.rewards.pictures import file


def test_a_picture_may_be_cached_for_ever(embedded_app, embedded_client):
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


def test_an_unknown_picture_is_not_found(embedded_client):
    for digest in ("0" * 64, "nothing", "..%2f..%2fetc"):
        assert embedded_client.get(f"/pictures/{digest}").status_code == 404


@pytest.mark.parametrize(
    ("language", "percent", "figure"),
    [("en", 20, "20"), ("en", 99, "99"), ("zh_Hans_CN", 20, "8"), ("zh_Hans_CN", 15, "8.5")],
)
def test_a_discount_is_in_per_cent_and_in_chinese_in_tenths_to_pay(embedded_app, language, percent, figure):
    with embedded_app.test_request_context(f"/?lang={language}"):
        assert percent_off_text(percent) == gettext("%(percent)s%% off", percent=figure)


def test_a_discount_of_the_whole_price_is_free(embedded_app):
    with embedded_app.test_request_context("/?lang=zh_Hans_CN"):
        assert percent_off_text(100) == gettext("Free")
