from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from admin.labels import KINDS, ROLES, reason_text
from survey.people.models import ROLES as KNOWN_ROLES
from survey.places.models import KINDS as KNOWN_KINDS
from survey.refusal import Refused
from survey.tabular import Unreadable


def test_every_type_of_unit_and_role_has_a_name():
    assert KINDS.keys() == set(KNOWN_KINDS)
    assert ROLES.keys() == set(KNOWN_ROLES)


@pytest.mark.parametrize("kind", [Refused, Unreadable])
def test_a_refusal_has_a_sentence_in_the_language_of_the_screen(embedded_app: Flask, kind: type):
    reason = kind("Code %(code)s is already used by another unit.", code="P1")
    with embedded_app.test_request_context():
        with force_locale("en"):
            assert reason_text(reason) == "Code P1 is already used by another unit."
        with force_locale("zh_Hans_CN"):
            assert "P1" in reason_text(reason)
            assert "belongs" not in reason_text(reason)
