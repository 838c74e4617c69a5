from __future__ import annotations

from admin.points.review_labels import STATES, in_words
from survey.rewards.rules import doubts


def test_every_sign_has_a_sentence(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        signs = (doubts.BURST, doubts.UNPROVEN, doubts.MANY, doubts.SHARED, doubts.STAFF)
        assert len(in_words([(sign, 61) for sign in signs])) == 5
        assert in_words([("staff", 61)]) == [
            "Somebody signed in as staff on this device less than 2 hours before."
        ]
        assert in_words([("device", 1), ("unknown", 1)]) == []
        assert set(STATES) >= {"pending", "approved", "vested", "void"}
